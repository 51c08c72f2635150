import { architecture } from "./rows/architecture.ts";
import { explanation } from "./rows/explanation.ts";
import { reconstruction } from "./rows/reconstruction.ts";
import { training } from "./rows/training.ts";

/** The rubric: the assignment's marks table, each row opened into checks of half marks. Printed with every result. */
export const rubricVersion = "2";

/** How a mark is earned: computed from the weights, believed from the record, or given by a person. */
export type Badge = "recomputed" | "recorded" | "judged";

export type CheckId =
  | "A1"
  | "A2"
  | "A3"
  | "A4"
  | "B1"
  | "B2"
  | "B3"
  | "B4"
  | "B5"
  | "C1"
  | "C2"
  | "C3"
  | "C4"
  | "D1"
  | "D2"
  | "D3"
  | "D4";

/** Where a lost half mark is explained, and what would mend it. */
export interface Lesson {
  /** A chapter's slug. */
  chapter: string;
  /** The figure there, in words. */
  figure: string;
  mend: string;
}

export interface Check {
  id: CheckId;
  title: string;
  marks: 0.5 | 1;
  badge: Badge;
  /** Rule and threshold, on one line. */
  rule: string;
  /** Why this rule, and why this threshold. */
  why: string;
  lesson: Lesson;
}

export interface Row {
  /** The assignment's words. */
  section: string;
  description: string;
  marks: number;
  checks: readonly Check[];
}

/** Values that the rules name. */
export const thresholds = {
  /** autoencoder(x) against decoder(encoder(x)), per pixel. */
  composition: 1e-4,
  /** The assignment's example ends at 0.0052, as printed to 4 decimals. */
  example: 0.00525,
  /** Of the recorded validation loss from the recomputed one, relative. */
  recorded: 0.02,
  epochs: 20,
  /** Final over first validation loss; last three validation over training losses; last three over the best. */
  fall: 0.6,
  gap: 1.25,
  settled: 1.1,
  /** A pixel of the picture handed in, from what the weights give. */
  picture: 0.01,
  /** Tiles in that picture. */
  digits: 10,
  /** Share of digits whose reconstruction is nearest to its own original. */
  found: { whole: 0.99, half: 0.95 },
  /** Worst class over all. */
  worstClass: 2,
} as const;

/** What a network that prints one picture for every digit has to learn first, whatever check it failed. */
export const collapseLesson: Lesson = {
  chapter: "when-it-prints-black",
  figure: "two runs, batch by batch",
  mend: "Start the bias of the last convolution at logit(0.1307) = −1.895 and train again.",
};

export const rubric: readonly Row[] = [architecture, training, reconstruction, explanation];
