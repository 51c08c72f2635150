import { layerSizes } from "../network/parameters.ts";
import { layerShapes, modelOutputShape, printedShape } from "../network/shapes.ts";
import { type AutoencoderSpec, assignmentSpec, type LayerSpec, type ModelSpec } from "../network/spec.ts";
import { summarize } from "../network/summary.ts";
import type { NamedWeights } from "../run/weight-files.ts";
import type { Architecture, ParameterCounts } from "./evidence.ts";

/** The tensors of both parts, as their files hold them. */
export interface Tensors {
  encoder: NamedWeights;
  decoder: NamedWeights;
}

/** What a network is, beside the assigned one. @param tensors undefined where the weights cannot be read */
export function describeArchitecture(spec: AutoencoderSpec, tensors: Tensors | undefined): Architecture {
  const assigned = assignmentSpec();
  return {
    input: layerShapes(spec.encoder)[0] as readonly number[],
    code: modelOutputShape(spec.encoder),
    output: modelOutputShape(spec.decoder),
    differences: [
      ...differences("encoder", spec.encoder, assigned.encoder),
      ...differences("decoder", spec.decoder, assigned.decoder),
    ],
    inTensors: tensors && countTensors(tensors),
    inSummaries: countSummary(spec),
    assigned: countSummary(assigned),
  };
}

function countTensors({ encoder, decoder }: Tensors): ParameterCounts {
  const layers = (weights: NamedWeights) => {
    const byLayer = new Map<string, number>();
    for (const { name, data } of weights) {
      const layer = name.split("/")[0] as string;
      byLayer.set(layer, (byLayer.get(layer) ?? 0) + data.length);
    }
    return [...byLayer.values()];
  };
  return inAll(layers(encoder), layers(decoder));
}

function countSummary(spec: AutoencoderSpec): ParameterCounts {
  const layers = (model: ModelSpec) =>
    summarize(model).rows.flatMap(({ parameters }) => (parameters > 0 ? [parameters] : []));
  return inAll(layers(spec.encoder), layers(spec.decoder));
}

function inAll(encoder: number[], decoder: number[]): ParameterCounts {
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  return { encoder: sum(encoder), decoder: sum(decoder), layers: [...encoder, ...decoder] };
}

/** A sentence for each layer that is missing, extra or set otherwise, found along the longest common order of kinds. */
function differences(part: string, own: ModelSpec, assigned: ModelSpec): string[] {
  const found: string[] = [];
  for (const [mine, theirs] of aligned(described(own), described(assigned))) {
    if (mine === undefined) found.push(`${part}: ${theirs} is missing`);
    else if (theirs === undefined) found.push(`${part}: ${mine} was not asked for`);
    else if (mine !== theirs) found.push(`${part}: ${mine} instead of ${theirs}`);
  }
  return found;
}

/** Layers in words that leave out their names; the decoder's input follows from the code and says nothing of its own. */
function described(model: ModelSpec): string[] {
  return layerSizes(model).map(({ layer, output }) => describeLayer(layer, printedShape(output)));
}

function describeLayer(layer: LayerSpec, shape: string): string {
  switch (layer.className) {
    case "InputLayer":
      return `InputLayer(${shape})`;
    case "Conv2D":
      return `Conv2D(${layer.filters}, ${layer.kernelSize.join("×")}, ${layer.padding}, ${layer.activation})`;
    case "MaxPooling2D":
      return `MaxPooling2D(${layer.poolSize.join("×")}, ${layer.padding})`;
    case "UpSampling2D":
      return `UpSampling2D(${layer.size.join("×")})`;
    case "Flatten":
      return "Flatten";
    case "Dense":
      return `Dense(${layer.units}, ${layer.activation})`;
    case "Reshape":
      return `Reshape(${shape})`;
  }
}

/** Two lists side by side; pairs are of one kind of layer wherever that can be, equal ones before merely alike ones. */
function aligned(own: string[], assigned: string[]): [string | undefined, string | undefined][] {
  const kind = (text: string) => text.split("(")[0];
  const score: number[][] = Array.from({ length: own.length + 1 }, () => new Array(assigned.length + 1).fill(0));
  const gain = (i: number, j: number) =>
    own[i] === assigned[j] ? 3 : kind(own[i] as string) === kind(assigned[j] as string) ? 1 : -9;
  const at = (i: number, j: number) => score[i]?.[j] ?? 0;
  for (let i = own.length - 1; i >= 0; i--) {
    for (let j = assigned.length - 1; j >= 0; j--) {
      (score[i] as number[])[j] = Math.max(at(i + 1, j), at(i, j + 1), gain(i, j) + at(i + 1, j + 1));
    }
  }
  const pairs: [string | undefined, string | undefined][] = [];
  let [i, j] = [0, 0];
  while (i < own.length && j < assigned.length) {
    if (at(i, j) === gain(i, j) + at(i + 1, j + 1)) pairs.push([own[i++], assigned[j++]]);
    else if (at(i, j) === at(i + 1, j)) pairs.push([own[i++], undefined]);
    else pairs.push([undefined, assigned[j++]]);
  }
  while (i < own.length) pairs.push([own[i++], undefined]);
  while (j < assigned.length) pairs.push([undefined, assigned[j++]]);
  return pairs;
}
