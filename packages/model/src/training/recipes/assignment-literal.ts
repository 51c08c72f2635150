import { assignment } from "./assignment.ts";
import type { Recipe } from "./recipe.ts";

/** The assignment to the letter, Keras's zero output bias included. Most seeds collapse to black images. */
export const assignmentLiteral: Recipe = {
  ...assignment,
  name: "assignment-literal",
  title: "The assignment to the letter: every bias starts at 0",
  outputBias: "zero",
  // Of the seeds 1, 2, 3 … the first that collapses on native: `npm run train -- seeds assignment-literal` tries them.
  seed: 2,
  onCollapse: "continue", // its later epochs are the evidence that a collapsed run does not recover
};
