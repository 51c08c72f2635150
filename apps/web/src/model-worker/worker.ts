import { startBackend } from "./backend.ts";
import { type Answer, type AnswerValue, type Request, request } from "./messages.ts";
import { ModelProblem, problemOf } from "./model-problem.ts";
import { Network } from "./network.ts";

/** The worker's end: requests in, answers out, one after another. */

interface WorkerScope {
  location: { href: string };
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(message: Answer, transfer?: Transferable[]): void;
}
const scope = globalThis as unknown as WorkerScope;

let network: Network | undefined;

scope.onmessage = async ({ data }) => {
  const parsed = request.safeParse(data);
  if (!parsed.success) return; // nobody to answer: there is no id
  const { id } = parsed.data;
  try {
    const value = await answerTo(parsed.data);
    scope.postMessage({ id, ok: true, value });
  } catch (error) {
    scope.postMessage({ id, ok: false, problem: problemOf(error) });
  }
};

async function answerTo(asked: Request): Promise<AnswerValue> {
  const started = performance.now();
  if (asked.kind === "open") {
    const folder = new URL(".", scope.location.href).href;
    network = await Network.open(asked.source, startBackend(folder));
    network.run(new Float32Array(network.inputLength)); // the first pass allocates; better now than under the pen
    return { kind: "open", milliseconds: performance.now() - started, bytes: network.bytes };
  }
  if (!network) throw new ModelProblem("request", `Expected "open" before "${asked.kind}".`);
  switch (asked.kind) {
    case "reconstruct": {
      const { latent, reconstruction } = network.run(asked.pixels);
      const mse = meanSquaredError(asked.pixels, reconstruction);
      return { kind: "reconstruct", latent, reconstruction, mse, milliseconds: performance.now() - started };
    }
    case "decode":
      return { kind: "decode", reconstruction: network.decode(asked.latent) };
    case "verify":
      return { kind: "verify", ...(await network.verify(asked.samples, asked.pictures)) };
  }
}

function meanSquaredError(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += ((a[index] as number) - (b[index] as number)) ** 2;
  return sum / a.length;
}
