import { assignmentSettings, type TrainingSettings } from "../../training/settings.ts";
import type { View } from "./inside.tsx";

/** A training that begins with one press. */
export interface Story {
  name: string;
  /** What its button says beneath the name. */
  about: string;
  settings: TrainingSettings;
  /** The one setting that it is about, shown beside the buttons. */
  knob: "learningRate" | "outputBias" | "none";
  /** What is opened beside the digits. */
  view: View;
}

export const stories = {
  learns: {
    name: "One that learns",
    about: "digits appear within a minute",
    settings: { ...assignmentSettings, batchSize: 32 },
    knob: "learningRate",
    view: "loss",
  },
  dies: {
    name: "One that dies",
    about: "the output bias starts at 0, and soon it prints black",
    settings: { ...assignmentSettings, outputBias: 0, seed: 2 },
    knob: "outputBias",
    view: "sums",
  },
  plane: {
    name: "Only two numbers",
    about: "watch the plane of codes unfold",
    settings: { ...assignmentSettings, batchSize: 32, latent: 2 },
    knob: "none",
    view: "plane",
  },
} as const satisfies Record<string, Story>;

export type StoryName = keyof typeof stories;
export const storyNames = Object.keys(stories) as StoryName[];
