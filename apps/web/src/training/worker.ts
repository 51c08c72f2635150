import { Replica, WorkerLostError } from "@autoencoder/model/data-parallel";
import { zipSync } from "fflate";
import {
  type Engine,
  type EngineInfo,
  EngineLostError,
  type EngineName,
  MemoryRefusedError,
} from "./engines/engine.ts";
import { selfTest } from "./engines/self-test.ts";
import { timeSteps } from "./engines/timed-steps.ts";
import { type Asked, type AskedOfReplica, interrupts, type Told, type ToldByReplica } from "./messages.ts";
import { ReplicaWorker } from "./replica-worker.ts";
import { type SessionWorld, shards, TrainingSession } from "./session.ts";

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

type Of = ConstructorParameters<typeof Replica>[0];
type Opening = Extract<Asked, { do: "open" }>;
type Probing = Extract<Asked, { do: "probe" }>;

/**
 * The training worker's program. Its first message decides what it is: the training itself, a replica that computes shards for
 * one, or a trial of an engine.
 */
export function serveTraining(engines: readonly Engine[]): void {
  scope.onmessage = ({ data }) => {
    if ("replica" in data) beReplica(data.replica, engines);
    else if ("do" in data && data.do === "open") beTraining(data, engines);
    else if ("do" in data && data.do === "probe") void beTrial(data, engines);
  };
}

function beReplica(of: Of, engines: readonly Engine[]): void {
  const ready = start(engines, { engine: "wasm", software: false }).then(() => newReplica(of));
  scope.onmessage = async ({ data }) => {
    try {
      const answer = await (await ready).ask(data as Extract<AskedOfReplica, { what: string }>);
      scope.postMessage(answer, [answer.values.buffer as ArrayBuffer]);
    } catch (error) {
      scope.postMessage({ failed: wordsOf(error) }, []);
    }
  };
}

const newReplica = (of: Of) => new Replica(of);

/** Replicas that share the batches of a training: several are workers of the same program. */
function openReplicas(of: Of, workers: number) {
  if (workers === 1) return [newReplica(of)];
  return Array.from({ length: workers }, (_, at) => new ReplicaWorker(`worker ${at + 1} of ${workers}`, program, of));
}

/** A GPU takes a batch in one piece: parts would only cost it time. Its bits are its own anyway. */
const partsOn = (engine: EngineName) => (engine === "wasm" ? shards : 1);

/** Starts an engine, has it prove itself, and times it. */
async function beTrial({ engine, software, workers, batchSize }: Probing, engines: readonly Engine[]): Promise<void> {
  const tell = (message: Told) => scope.postMessage(message, []);
  try {
    const { device } = await start(engines, { engine, software });
    await selfTest(engine);
    const imagesPerSecond = await timeSteps((of) => openReplicas(of, workers), { batchSize, shards: partsOn(engine) });
    tell({ tell: "probed", device, imagesPerSecond });
  } catch (error) {
    tell(problemOf(error));
  }
}

function beTraining(opening: Opening, engines: readonly Engine[]): void {
  const tell = (message: Told, arrays: readonly ArrayBufferView[] = []) =>
    scope.postMessage(message, [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]);
  const session = new TrainingSession(
    {
      clock: () => performance.now() / 1000,
      now: () => new Date().toISOString(),
      tell,
      openReplicas: (of) => openReplicas(of, opening.workers),
      shards: partsOn(opening.engine),
      breathe,
      keras: loadKeras,
    },
    opening,
  );
  // One thing after the other. What interrupts a run lets it go on; each move takes it back, begun or not.
  let moves = 0;
  let wanted = false;
  let queue: Promise<void> = (async () => {
    await start(engines, { ...opening, onLost: (error) => tell(problemOf(error)) });
    await selfTest(opening.engine);
    tell({ tell: "opened", baselines: session.baselines(), workers: opening.workers });
    await session.begin(opening.settings, opening.state);
  })();
  const enqueue = (work: () => Promise<unknown>) => {
    const own = moves;
    queue = queue
      .then(work)
      .then(() => session.tellWhereItStands(wanted, own))
      .catch(async (error) => {
        if (opening.engine !== "wasm") await lossTold();
        tell(problemOf(error));
      });
  };
  const run = () => {
    wanted = true;
    const own = moves;
    enqueue(async () => {
      if (own === moves) await session.run("paused");
      if (own === moves) wanted = false; // it has ended by itself
    });
  };
  enqueue(async () => {});
  scope.onmessage = ({ data }) => {
    const asked = data as Asked;
    if (asked.do === "pause by itself") return session.pauseByItself(asked.at);
    if (asked.do === "decode") {
      session.wishDecode(asked.code);
      if (!session.isRunning) enqueue(() => session.answerDecode());
      return;
    }
    const work = () => perform(session, asked, tell);
    if (interrupts(asked)) {
      session.interrupt(work);
      return enqueue(() => session.doInterruptions());
    }
    moves += 1;
    session.pause();
    if (asked.do === "run") return run();
    wanted = false;
    enqueue(work);
  };
}

/** A GPU that is lost breaks a step first, with words of its own, and is told to be lost a moment later: that is what to say. */
const lossTold = () => new Promise((resolve) => setTimeout(resolve, 500));

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
    case "step to":
      return session.run({ steps: asked.step - session.step });
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

/** Makes an engine this worker's tfjs backend. @throws Error, or ModelProblem, where it cannot start */
async function start(
  engines: readonly Engine[],
  { engine, software, onLost = () => {} }: { engine: EngineName; software: boolean; onLost?: (error: Error) => void },
): Promise<EngineInfo> {
  const found = engines.find(({ name }) => name === engine);
  if (!found) throw new Error(`engine: expected one of ${engines.map(({ name }) => name)} but got ${engine}`);
  const probe = found.probe();
  if (!probe.available) throw new Error(probe.reason);
  return found.start({ folder: new URL(".", program).href, software, onLost });
}

function problemOf(error: unknown): Told {
  const sentence = wordsOf(error);
  if (error instanceof Error && error.name === "DivergedError") return { tell: "problem", code: "diverged", sentence };
  if (isRefusedMemory(error)) return { tell: "problem", code: "memory", sentence };
  const isLost = error instanceof WorkerLostError || error instanceof EngineLostError;
  return { tell: "problem", code: isLost ? "lost" : "start", sentence };
}

/** Browsers say it with a RangeError: `Array buffer allocation failed`, `Out of memory`. */
function isRefusedMemory(error: unknown): boolean {
  if (error instanceof MemoryRefusedError) return true;
  return error instanceof RangeError && /alloc|memory|buffer/i.test(error.message);
}

function wordsOf(error: unknown): string {
  if (error instanceof RangeError && isRefusedMemory(error))
    return `The browser gave the training’s worker no more memory (${error.message}).`;
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
