import { assignmentSpec } from "../spec.ts";
import { assignment } from "./assignment.ts";
import type { Recipe } from "./recipe.ts";

/** Experiments: the recipe `assignment` with one thing changed, to see what that thing does. */

/** The assignment's first suggestion for an improvement: a larger code. */
export const assignment128: Recipe = {
  ...assignment,
  name: "assignment-128",
  title: "The assignment's network with a code of 128 numbers instead of 64",
  spec: assignmentSpec({ latent: 128 }),
};

/** A loss whose best answer to two equally likely strokes is one of them, not both at half strength. */
export const assignmentMae: Recipe = {
  ...assignment,
  name: "assignment-mae",
  title: "The assignment's network trained for the mean absolute error instead of the mean squared one",
  loss: "mae",
};
