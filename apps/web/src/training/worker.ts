import { Replica, WorkerLostError } from "@autoencoder/model/data-parallel";
import { registerFastGradients, registerWasmGradients } from "@autoencoder/model/gradients";
import { zipSync } from "fflate";
import { startBackend } from "../network/backend.ts";
import type { Asked, AskedOfReplica, Told, ToldByReplica } from "./messages.ts";
import { ReplicaWorker } from "./replica-worker.ts";
import { type SessionWorld, TrainingSession } from "./session.ts";

/**
 * The training worker's program. Its first message decides what it is: the training itself, or a replica that computes shards
 * for one.
 */
interface Scope {
  location: { href: string };
  onmessage: ((event: { data: Asked | AskedOfReplica }) => void) | null;
  postMessage(message: Told | ToldByReplica, transfer: Transferable[]): void;
  importScripts(address: string): void;
  /** There once its program is loaded. */
  writeKeras?: ReturnType<SessionWorld["keras"]>;
}
const scope = globalThis as unknown as Scope;
const program = scope.location.href;

scope.onmessage = ({ data }) => {
  if ("replica" in data) beReplica(data.replica);
  else if ("do" in data && data.do === "open") beTraining(data);
};

function beReplica(of: Parameters<typeof newReplica>[0]): void {
  const ready = start().then(() => newReplica(of));
  scope.onmessage = async ({ data }) => {
    try {
      const answer = await (await ready).ask(data as Extract<AskedOfReplica, { what: string }>);
      scope.postMessage(answer, [answer.values.buffer as ArrayBuffer]);
    } catch (error) {
      scope.postMessage({ failed: wordsOf(error) }, []);
    }
  };
}

const newReplica = (of: ConstructorParameters<typeof Replica>[0]) => new Replica(of);

function beTraining(opening: Extract<Asked, { do: "open" }>): void {
  const tell = (message: Told, arrays: readonly ArrayBufferView[] = []) =>
    scope.postMessage(message, [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]);
  const session = new TrainingSession(
    {
      clock: () => performance.now() / 1000,
      now: () => new Date().toISOString(),
      tell,
      openReplicas: (of) => {
        const { workers } = opening;
        if (workers === 1) return [newReplica(of)];
        return Array.from(
          { length: workers },
          (_, at) => new ReplicaWorker(`worker ${at + 1} of ${workers}`, program, of),
        );
      },
      breathe,
      keras: loadKeras,
    },
    opening,
  );
  // One thing after the other. What interrupts a run for a moment lets it go on; all else takes it back, begun or not.
  let runs = 0;
  let wanted = false;
  let queue: Promise<void> = (async () => {
    await start();
    tell({ tell: "opened", baselines: session.baselines(), workers: opening.workers });
    await session.begin(opening.settings, opening.state);
  })();
  const enqueue = (work: () => Promise<unknown>) => {
    queue = queue
      .then(work)
      .then(() => session.tellWhereItStands(wanted))
      .catch((error) => tell(problemOf(error)));
  };
  const run = () => {
    wanted = true;
    runs += 1;
    const own = runs;
    enqueue(async () => {
      if (own === runs) await session.run("paused");
      if (own === runs) wanted = false; // it has ended by itself
    });
  };
  enqueue(async () => {});
  scope.onmessage = ({ data }) => {
    const asked = data as Asked;
    if (asked.do === "run") return run();
    if (asked.do === "pause by itself") return session.pauseByItself(asked.at);
    if (asked.do === "decode") {
      session.wishDecode(asked.code);
      if (!session.isRunning) enqueue(() => session.answerDecode());
      return;
    }
    const goesOn = wanted && interruptions.has(asked.do);
    wanted = false;
    runs += 1;
    session.pause();
    enqueue(() => perform(session, asked, tell));
    if (goesOn) run();
  };
}

/** What is done between two batches of a run. */
const interruptions: ReadonlySet<Asked["do"]> = new Set(["change", "open inside", "save", "export", "redraw"]);

async function perform(
  session: TrainingSession,
  asked: Asked,
  tell: (message: Told, arrays?: ArrayBufferView[]) => void,
) {
  switch (asked.do) {
    case "step":
      return session.run({ steps: 1 });
    case "slow step":
      return session.slowStep();
    case "epoch":
      return session.run("epoch end");
    case "begin":
      return session.begin(asked.settings);
    case "change":
      return session.change(asked.settings);
    case "goOnFrom":
      return session.goOnFrom(asked.step);
    case "redraw":
      return session.redraw();
    case "open inside":
      return session.lookInside(asked.digit);
    case "save": {
      const bytes = await session.save();
      return tell({ tell: "saved", id: asked.id, bytes }, [bytes]);
    }
    case "export": {
      const { id } = asked;
      try {
        const bytes = Uint8Array.from(zipSync(await session.exported(navigator.userAgent)));
        return tell({ tell: "exported", id, bytes }, [bytes]);
      } catch (error) {
        return tell({ tell: "not exported", id, sentence: wordsOf(error) });
      }
    }
  }
}

function loadKeras(): NonNullable<Scope["writeKeras"]> {
  if (!scope.writeKeras) scope.importScripts(new URL("keras.js", program).href);
  return scope.writeKeras as NonNullable<Scope["writeKeras"]>;
}

/** WebAssembly as this worker's tfjs backend, with what training needs. @throws ModelProblem */
async function start(): Promise<void> {
  await startBackend(new URL(".", program).href);
  registerFastGradients();
  registerWasmGradients();
}

function problemOf(error: unknown): Told {
  const sentence = wordsOf(error);
  if (error instanceof Error && error.name === "DivergedError") return { tell: "problem", code: "diverged", sentence };
  return { tell: "problem", code: error instanceof WorkerLostError ? "lost" : "start", sentence };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const channel = new MessageChannel();
let breathed: () => void = () => {};
channel.port1.onmessage = () => breathed();

/** Lets messages in; unlike a timer it is not held back. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    breathed = resolve;
    channel.port2.postMessage(undefined);
  });
}
