/** Files of a run's work folder, `.work/RUN/`, that more than the trainer looks for. */
export const workFiles = {
  /** The state of the training; beside a published run, that of its end. */
  checkpoint: "checkpoint.safetensors",
  /** Which process works on it. */
  lock: "lock",
  /** What a trainer told that the site started, an event a line. It outlives the work. */
  events: "events.jsonl",
  /** What it said to people meanwhile. */
  words: "trainer.log",
  /** What a page has trained, as it was handed to this machine. */
  fromPage: "trained-here.zip",
} as const;

/** The folder of an attempt in a run's work folder. */
export function attemptName(attempt: number): string {
  return `attempt-${attempt}`;
}

/** The number of the attempt whose folder has this name; undefined where it is no attempt's. */
export function attemptOf(name: string): number | undefined {
  const [, digits] = /^attempt-(\d{1,6})$/.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
