import { floatsOf } from "@autoencoder/data";
import { layerValues, type MapLayer, meanSquaredError } from "@autoencoder/model";
import { rebuiltWithout } from "./bends.ts";
import { measure } from "./measure.ts";
import { ModelProblem } from "./model-problem.ts";
import { expectLength, expectPlace, Network } from "./network.ts";
import { OtherNetworks } from "./other-networks.ts";
import type { Input, Replacement } from "./procedures.ts";
import { changesOfPulls } from "./pulls.ts";
import { type Handlers, Moved, type Step } from "./serve.ts";
import { type LayerStatistics, readStatistics } from "./statistics.ts";
import { damageOfEach, layerOutputs, type ReplacementValues, rebuildWithout } from "./switched-off.ts";

/** Answers to everything that a page can ask. What is given away is moved; what the network keeps is copied first. */
export function modelHandlers(startBackend: () => Promise<void>): Handlers {
  let opened: Network | undefined;
  const others = new OtherNetworks(startBackend);
  let statistics: ReadonlyMap<string, LayerStatistics> = new Map();

  const network = () => {
    if (opened) return opened;
    throw new ModelProblem("request", 'Expected "open" before any other question.');
  };
  const replacementFor = ({ name }: MapLayer, to: Replacement): ReplacementValues => {
    if (to === "zero") return 0;
    const found = statistics.get(name);
    if (found) return found.mean;
    throw new ModelProblem("request", `The means of ${name} over the test digits are not loaded; set it to 0.`);
  };
  return {
    async open(files) {
      const started = performance.now();
      opened = await Network.open(files, startBackend());
      opened.run(new Float32Array(opened.inputLength), 0); // the first pass allocates; better now than under the pen
      return { milliseconds: performance.now() - started, bytes: opened.bytes };
    },
    reconstruct: (input) => reconstruct(network(), input),
    decode({ latent, everything }) {
      if (!everything) {
        expectLength("latent values", latent, network().code.values);
        const reconstruction = network().decode(latent);
        return new Moved({ reconstruction }, [reconstruction]);
      }
      const numbers = network().decodeThrough(latent);
      const reconstruction = numbers.slice(-network().inputLength);
      return new Moved({ reconstruction, numbers }, [reconstruction, numbers]);
    },
    async reconstructBy({ network: files, pixels }) {
      const other = await others.open(files);
      const numbers = other.run(pixels, 0);
      const latent = layerValues(numbers, other.code).slice();
      const reconstruction = layerValues(numbers, other.layers.at(-1) as MapLayer).slice();
      const mse = meanSquaredError(pixels, reconstruction);
      return new Moved({ latent, reconstruction, mse }, [latent, reconstruction]);
    },
    async decodeBy({ network: files, latents }) {
      const reconstructions = (await others.open(files)).decode(latents);
      return new Moved({ reconstructions }, [reconstructions]);
    },
    async pulls(input, step) {
      const changes = await changesOfPulls(network(), input, step);
      return new Moved({ changes }, [changes]);
    },
    async bends(input, step) {
      const rebuilt = await rebuiltWithout(network(), input, step);
      return new Moved({ rebuilt }, [rebuilt]);
    },
    verify: ({ samples, pictures }, step) => network().verify(samples, pictures, step),
    weights({ layer }) {
      const { kernel, bias } = network().weights(layer);
      const copies = { kernel: kernel.slice(), bias: bias.slice() };
      return new Moved(copies, Object.values(copies));
    },
    influence({ pass, row, column }) {
      const gradient = network().influence(pass, { row, column });
      return new Moved({ gradient }, [gradient]);
    },
    async statistics({ file }) {
      statistics = await readStatistics(file, network().layers);
      return { layers: [...statistics].map(([layer, { least, greatest }]) => ({ layer, least, greatest })) };
    },
    switchOff({ pass, layer: name, map, to }) {
      const layer = network().layer(name);
      expectPlace("map", map, layer.shape[2]);
      const numbers = network().numbers(pass);
      const output = layerValues(numbers, layer);
      const off = { layer, map, replacement: replacementFor(layer, to) };
      const reconstruction = rebuildWithout(network(), output, off);
      const mse = meanSquaredError(inputOf(network(), numbers), reconstruction);
      return new Moved({ reconstruction, mse }, [reconstruction]);
    },
    damage(input, step) {
      const layer = network().layer(input.layer);
      return damage(network(), input, { layer, replacement: replacementFor(layer, input.to), step });
    },
    async measure(input, step) {
      const measured = await measure(network(), input, step);
      const { mse, loss, nearest } = measured;
      return new Moved(measured, nearest ? [mse, loss, nearest] : [mse, loss]);
    },
  };
}

function reconstruct(network: Network, { pass, pixels, everything }: Input<"reconstruct">) {
  const started = performance.now();
  const numbers = network.run(pixels, pass);
  const code = network.layers.find(({ part }) => part === "code") as MapLayer;
  const latent = layerValues(numbers, code).slice();
  const reconstruction = layerValues(numbers, network.layers.at(-1) as MapLayer).slice();
  const mse = meanSquaredError(pixels, reconstruction);
  const copy = everything ? numbers.slice() : undefined; // the network keeps its own for what is asked next
  const milliseconds = performance.now() - started;
  const arrays = [latent, reconstruction, ...(copy ? [copy] : [])];
  return new Moved({ pass, latent, reconstruction, mse, activations: copy, milliseconds }, arrays);
}

async function damage(
  network: Network,
  { pass, pictures }: Input<"damage">,
  { layer, replacement, step }: { layer: MapLayer; replacement: ReplacementValues; step: Step },
) {
  const digits = pictures ? network.digits(pictures) : 1;
  const originals = pictures ? floatsOf(pictures) : inputOf(network, network.numbers(pass)).slice();
  const outputs = pictures
    ? layerOutputs(network, layer, originals)
    : layerValues(network.numbers(pass), layer).slice();
  const rises = await damageOfEach(network, { layer, replacement }, { outputs, originals, step });
  return new Moved({ rises, digits }, [rises]);
}

/** The pixels of a digit among all of its numbers. */
function inputOf(network: Network, numbers: Float32Array): Float32Array {
  return layerValues(numbers, network.layers[0] as MapLayer);
}
