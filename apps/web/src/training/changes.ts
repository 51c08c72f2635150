import type { TrainingSettings } from "./settings.ts";

/** Something that the reader changed on the way, after so many steps. */
export interface Change {
  step: number;
  what: string;
}

const names: Partial<Record<keyof TrainingSettings, string>> = {
  learningRate: "learning rate",
  batchSize: "batch size",
  loss: "loss",
  optimizer: "optimizer",
  outputBias: "output bias",
};

/** `learning rate 0.001 to 0.003`, for each setting that differs. */
export function changesTo(from: TrainingSettings, to: TrainingSettings): string[] {
  return (Object.entries(names) as [keyof TrainingSettings, string][])
    .filter(([key]) => from[key] !== to[key])
    .map(([key, name]) => `${name} ${from[key]} to ${to[key]}`);
}

/** How a training came to where it stands. */
export interface Course {
  /** At which the output layer's bias started. */
  outputBias: number;
  changes: readonly Change[];
}

/** A checkpoint of the page has its course as its fingerprint. */
export function writeCourse(course: Course): string {
  return JSON.stringify(course);
}

/** @param settings that hold where the checkpoint is from before courses were written down */
export function readCourse(fingerprint: string, { outputBias }: TrainingSettings): Course {
  try {
    const { changes, outputBias: first } = JSON.parse(fingerprint) as Partial<Course>;
    return { outputBias: first ?? outputBias, changes: changes ?? [] };
  } catch {
    return { outputBias, changes: [] };
  }
}
