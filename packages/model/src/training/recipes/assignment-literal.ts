import { assignment } from "./assignment.ts";
import type { Recipe } from "./recipe.ts";

/** The assignment to the letter, Keras's zero output bias included. Most seeds collapse to black images. */
export const assignmentLiteral: Recipe = {
  ...assignment,
  name: "assignment-literal",
  title: "The assignment to the letter: every bias starts at 0",
  outputBias: "zero",
  onCollapse: "continue", // its later epochs are the evidence that a collapsed run does not recover
};
