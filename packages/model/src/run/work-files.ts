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
} as const;
