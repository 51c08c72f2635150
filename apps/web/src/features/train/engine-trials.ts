import * as v from "valibot";
import { localTexts, storedValue } from "../../shared/storage.ts";
import { TrainingClient, trainingProgram } from "../../training/client.ts";
import { type EngineName, engineLabels, engineNames } from "../../training/engines/engine.ts";
import { Watchdog } from "./watchdog.ts";

/** Whether the address allows a program in a GPU's place: tests run on machines that have nothing else. Read once. */
export const software = typeof location !== "undefined" && new URLSearchParams(location.search).get("software") === "1";

/** Seconds that an engine may take between two words: its programs are compiled in its first steps. */
const patience = 120;

const trial = v.object({
  engine: v.picklist(engineNames),
  /** What computes, as the browser names it. */
  device: v.optional(v.string()),
  /** In training; missing where the engine is not used. */
  imagesPerSecond: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
  /** Why it is not used. */
  refused: v.optional(v.string()),
});

/** What became of trying an engine on this device. */
export type Trial = v.InferOutput<typeof trial>;

/** The trials that this browser has kept, and of which build of the programs and of the browser they are. */
export const keptTrials = storedValue(localTexts, {
  name: "training-engines",
  version: 1,
  schema: v.object({ program: v.string(), browser: v.string(), trials: v.array(trial) }),
  empty: { program: "", browser: "", trials: [] },
});

/** The kept trials, where they still hold: another build or another browser may compute otherwise. */
export function holding({ program, browser, trials }: (typeof keptTrials)["empty"]): readonly Trial[] {
  return program === trainingProgram && browser === navigator.userAgent ? trials : [];
}

export function keepTrials(trials: readonly Trial[]): void {
  keptTrials.write({ program: trainingProgram, browser: navigator.userAgent, trials: [...trials] });
}

/** Starts an engine in a worker of its own, which compares a gradient step with known numbers and times a few more. */
export function tryEngine(engine: EngineName, asked: { workers: number; batchSize: number }): Promise<Trial> {
  return new Promise((resolve) => {
    const end = (found: Omit<Trial, "engine">) => {
      watchdog.rest();
      client.close();
      resolve({ engine, ...found });
    };
    const watchdog = new Watchdog((seconds) => {
      const label = engineLabels[engine];
      end({ refused: `${label} is not used: its worker has not answered for ${seconds} seconds.` });
    });
    const client = new TrainingClient(engine, (told) => {
      if (told.tell === "probed") end({ device: told.device, imagesPerSecond: told.imagesPerSecond });
      else if (told.tell === "problem") end({ refused: told.sentence });
    });
    client.ask({ do: "probe", engine, software, ...asked });
    watchdog.watch(patience);
  });
}
