import { assignmentSpec } from "../../network/spec.ts";
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

/** The loss that many autoencoders of MNIST are trained with: is the blur the squared error's doing? */
export const assignmentBce: Recipe = {
  ...assignment,
  name: "assignment-bce",
  title: "The assignment's network trained for the binary cross-entropy instead of the mean squared error",
  loss: "bce",
};
