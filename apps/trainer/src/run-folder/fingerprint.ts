import { isDeepStrictEqual } from "node:util";
import type { Recipe } from "@autoencoder/model/recipes";
import { type Run, runSchema } from "@autoencoder/model/run";
import { z } from "zod";
import { UsageError } from "../options.ts";

/** What must be the same for a checkpoint to be continued. */
export interface Fingerprint {
  recipe: Recipe;
  engine: string;
  /** Training images used, validation included. */
  images: number;
  /** SHA-256 of the data files. */
  dataset: string[];
  /** The sources that the run began with; another version may continue it, and says so. */
  source: Run["source"];
}

/**
 * The fingerprint that a checkpoint was saved with, if it may be continued.
 * @throws Error that names the first thing in which it differs from the run that is to continue it
 */
export function checkFingerprint(saved: string, expected: Fingerprint): Fingerprint {
  const mend = "give the options that it was started with, or train without --resume";
  const checkpoint = parseFingerprint(saved);
  if (!isDeepStrictEqual(checkpoint.recipe, expected.recipe)) {
    const field = Object.keys(expected.recipe).find(
      (key) => !isDeepStrictEqual(checkpoint.recipe?.[key as keyof Recipe], expected.recipe[key as keyof Recipe]),
    ) as keyof Recipe;
    const got = JSON.stringify(checkpoint.recipe?.[field]);
    const asked = JSON.stringify(expected.recipe[field]);
    throw new UsageError(
      `--resume: the checkpoint is of another recipe: expected ${field} ${asked} but got ${got}; ${mend}`,
    );
  }
  for (const key of ["engine", "images", "dataset"] as const) {
    if (!isDeepStrictEqual(checkpoint[key], expected[key])) {
      throw new UsageError(
        `--resume: the checkpoint is of another run: expected ${key} ${expected[key]} but got ${checkpoint[key]}; ${mend}`,
      );
    }
  }
  return checkpoint;
}

/** What else a fingerprint says is compared with the run that is to continue it, whatever it is. */
const readable = z.looseObject({ source: runSchema.shape.source });

function parseFingerprint(saved: string): Fingerprint {
  try {
    return readable.parse(JSON.parse(saved)) as unknown as Fingerprint;
  } catch (cause) {
    throw new Error("--resume: expected a checkpoint with its fingerprint but it is damaged; train without --resume", {
      cause,
    });
  }
}
