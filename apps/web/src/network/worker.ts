import { layerValues, type MapLayer, meanSquaredError } from "@autoencoder/model";
import { startBackend } from "./backend.ts";
import { measure } from "./measure.ts";
import { type Answer, type AnswerValue, type Request, request } from "./messages.ts";
import { ModelProblem, problemOf } from "./model-problem.ts";
import { Network } from "./network.ts";
import { readStatistics, type StageStatistics } from "./statistics.ts";
import { damageOfEach, type Replacement, rebuildWithout, stageOutputs } from "./switched-off.ts";

/** The worker's end: requests in, answers out. Long work lets others through between its pieces. */

interface WorkerScope {
  location: { href: string };
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(message: Answer, transfer?: Transferable[]): void;
}
const scope = globalThis as unknown as WorkerScope;

let network: Network | undefined;
let statistics: ReadonlyMap<string, StageStatistics> = new Map();
/** Requests that are no longer wanted. */
const cancelled = new Set<number>();

scope.onmessage = async ({ data }) => {
  const parsed = request.safeParse(data);
  if (!parsed.success) return; // nobody to answer: there is no id
  const { id } = parsed.data;
  if (parsed.data.kind === "cancel") {
    cancelled.add(id);
    return;
  }
  try {
    const value = await answerTo(parsed.data);
    scope.postMessage({ id, ok: true, value });
  } catch (error) {
    scope.postMessage({ id, ok: false, problem: problemOf(error) });
  } finally {
    cancelled.delete(id);
  }
};

type Asked = Exclude<Request, { kind: "cancel" }>;

async function answerTo(asked: Asked): Promise<AnswerValue> {
  const started = performance.now();
  if (asked.kind === "open") {
    const folder = new URL(".", scope.location.href).href;
    network = await Network.open(asked.source, startBackend(folder));
    network.run(new Float32Array(network.inputLength)); // the first pass allocates; better now than under the pen
    return { kind: "open", milliseconds: performance.now() - started, bytes: network.bytes };
  }
  if (!network) throw new ModelProblem("request", `Expected "open" before "${asked.kind}".`);
  switch (asked.kind) {
    case "reconstruct":
      return reconstruct(network, asked, started);
    case "decode":
      return { kind: "decode", reconstruction: network.decode(asked.latent) };
    case "verify":
      return { kind: "verify", ...(await network.verify(asked.samples, asked.pictures)) };
    case "terms":
      return { kind: "terms", terms: network.terms(asked.pass, asked.stage, asked.place) };
    case "map":
      return { kind: "map", inputs: network.mapInputs(asked.pass, asked.stage, asked.map) };
    case "weights":
      return { kind: "weights", ...network.weights(asked.stage) };
    case "influence":
      return { kind: "influence", gradient: network.influence(asked.pass, asked) };
    case "statistics": {
      statistics = await readStatistics(asked.file, network.stages);
      const stages = [...statistics].map(([stage, { least, greatest }]) => ({ stage, least, greatest }));
      return { kind: "statistics", stages };
    }
    case "switch-off":
      return switchOff(network, asked);
    case "damage":
      return damage(network, asked);
    case "measure":
      return measure(network, asked, pieces(asked.id));
  }
}

function reconstruct(
  network: Network,
  { pixels, everything }: Extract<Asked, { kind: "reconstruct" }>,
  started: number,
): AnswerValue {
  const { pass, all } = network.run(pixels);
  const code = network.stages.find(({ part }) => part === "code") as MapLayer;
  const reconstruction = layerValues(all, network.stages.at(-1) as MapLayer).slice();
  const found = {
    kind: "reconstruct" as const,
    pass,
    latent: layerValues(all, code).slice(),
    reconstruction,
    mse: meanSquaredError(pixels, reconstruction),
    ...(everything && { all }),
  };
  return { ...found, milliseconds: performance.now() - started };
}

function switchOff(network: Network, asked: Extract<Asked, { kind: "switch-off" }>): AnswerValue {
  const stage = network.stage(asked.stage);
  const output = layerValues(network.numbers(asked.pass), stage);
  const replacement = replacementFor(stage, asked.to);
  const reconstruction = rebuildWithout(network, output, { stage, map: asked.map, replacement });
  const mse = meanSquaredError(pixelsOf(network, asked.pass), reconstruction);
  return { kind: "switch-off", reconstruction, mse };
}

async function damage(network: Network, asked: Extract<Asked, { kind: "damage" }>): Promise<AnswerValue> {
  const stage = network.stage(asked.stage);
  const replacement = replacementFor(stage, asked.to);
  const originals = asked.pictures
    ? Float32Array.from(asked.pictures, (byte) => byte / 255)
    : pixelsOf(network, asked.pass).slice();
  const outputs = asked.pictures
    ? stageOutputs(network, stage, originals)
    : layerValues(network.numbers(asked.pass), stage).slice();
  const step = pieces(asked.id);
  const rises = await damageOfEach(network, { stage, replacement }, { outputs, originals, step });
  return { kind: "damage", rises, digits: originals.length / network.inputLength };
}

/** What long work calls between its pieces: tells how much is done, and ends what is no longer wanted. */
function pieces(id: number): (done: number) => Promise<void> {
  return async (progress) => {
    scope.postMessage({ id, progress });
    await new Promise((resolve) => setTimeout(resolve)); // a digit that is being drawn goes first
    if (cancelled.has(id)) throw new ModelProblem("superseded", "This work was called off.");
  };
}

function replacementFor(stage: MapLayer, to: "mean" | "zero"): Replacement {
  if (to === "zero") return 0;
  const found = statistics.get(stage.name);
  if (found) return found.mean;
  throw new ModelProblem("request", `The means of ${stage.name} over the test digits are not loaded; set it to 0.`);
}

function pixelsOf(network: Network, pass: number): Float32Array {
  return layerValues(network.numbers(pass), network.stages[0] as MapLayer);
}
