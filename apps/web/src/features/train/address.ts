import { type PauseAt, pauses } from "../../training/messages.ts";
import { biasRange, choices, mostSeed, settableBias, type TrainingSettings } from "../../training/settings.ts";
import { type StoryName, stories, storyNames } from "./stories.ts";

/** What an address says of a training: the story it begins with, and what differs from that story's settings. */
export interface Asked {
  story: StoryName | undefined;
  settings: TrainingSettings;
  /** The output bias of the second lane; undefined for one lane. */
  beside: number | undefined;
  /** When it pauses by itself. */
  pauseAt: PauseAt;
  /** Workers that share each batch, where they are not to be as many as this machine has processors. */
  workers: number | undefined;
}

const names = {
  learningRate: "rate",
  batchSize: "batch",
  latent: "code",
  filters: "filters",
  images: "images",
  loss: "loss",
  optimizer: "optimizer",
  outputBias: "bias",
  seed: "seed",
  start: "start",
  drawing: "drawing",
} as const satisfies Record<keyof TrainingSettings, string>;

/** What an address asks for; anything that cannot be chosen in the page is ignored. @param search as `location` has it */
export function readAddress(search: string): Asked {
  const asked = new URLSearchParams(search);
  const story = storyNames.find((name) => name === asked.get("story"));
  const { settings } = stories[story ?? "learns"];
  const chosen = <T extends number | string>(name: keyof typeof names, options: readonly T[], otherwise: T): T =>
    options.find((option) => String(option) === asked.get(names[name])) ?? otherwise;
  return {
    story,
    settings: {
      learningRate: chosen("learningRate", choices.learningRate, settings.learningRate),
      batchSize: chosen("batchSize", choices.batchSize, settings.batchSize),
      latent: chosen("latent", choices.latent, settings.latent),
      filters: chosen("filters", choices.filters, settings.filters),
      images: chosen("images", choices.images, settings.images),
      loss: chosen<TrainingSettings["loss"]>("loss", choices.loss, settings.loss),
      optimizer: chosen<TrainingSettings["optimizer"]>("optimizer", choices.optimizer, settings.optimizer),
      outputBias: biasIn(asked.get(names.outputBias)) ?? settings.outputBias,
      seed: seedIn(asked.get(names.seed)) ?? settings.seed,
      start: chosen<TrainingSettings["start"]>("start", choices.start, settings.start),
      drawing: chosen<TrainingSettings["drawing"]>("drawing", choices.drawing, settings.drawing),
    },
    beside: biasIn(asked.get("beside")),
    pauseAt: pauses.find((at) => at === asked.get("pause")) ?? "never",
    workers: workersIn(asked.get("workers")),
  };
}

/** The same as an address's search part: the story, and the settings that are not its own. */
export function writeAddress({ story, settings, beside, pauseAt, workers }: Asked): string {
  const own = stories[story ?? "learns"].settings;
  const written = new URLSearchParams();
  if (story) written.set("story", story);
  for (const [setting, name] of Object.entries(names) as [keyof TrainingSettings, string][]) {
    if (setting === "outputBias" && settings.start === "trained") continue; // it comes with the weights
    if (settings[setting] !== own[setting]) written.set(name, String(settings[setting]));
  }
  if (beside !== undefined) written.set("beside", String(beside));
  if (pauseAt !== "never") written.set("pause", pauseAt);
  if (workers !== undefined) written.set("workers", String(workers));
  const text = written.toString();
  return text === "" ? "" : `?${text}`;
}

function biasIn(text: string | null): number | undefined {
  if (text === null || text.trim() === "") return undefined;
  const value = Number(text);
  return value >= biasRange.from && value <= biasRange.to ? settableBias(value) : undefined;
}

function workersIn(text: string | null): number | undefined {
  return text !== null && /^[1-4]$/.test(text) ? Number(text) : undefined;
}

function seedIn(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,3}$/.test(text) && Number(text) <= mostSeed ? Number(text) : undefined;
}
