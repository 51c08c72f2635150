import { isDeepStrictEqual } from "node:util";
import { runPaths, weightsBeside } from "@autoencoder/model/run";
import { defaultRun } from "../../shared/default-run.ts";
import { findFile } from "../../shared/run-addresses.ts";
import { recipeOf } from "../../training/recipe.ts";
import { assignmentSettings, choices } from "../../training/settings.ts";
import { api } from "../../trpc/caller.ts";
import { encodeBytes } from "../digit/encoding.ts";
import { findRun } from "../run/current-run.ts";
import type { CommittedStart } from "./committed-start.ts";
import { LiveTraining } from "./lazy.ts";
import type { CommittedSeries } from "./seed-wall.tsx";

/** A training in the page, with what the server knows that it is compared with. */
export async function Training({ series }: { series: readonly CommittedSeries[] }) {
  const loaded = await findRun(defaultRun);
  const film = loaded.ok ? await api.training.film(loaded.value) : undefined;
  const indices = film?.indices ?? [...Array(10).keys()];
  const pixels = await api.digits.pixels({ indices });
  const together = new Uint8Array(pixels.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const digit of pixels) {
    together.set(digit, offset);
    offset += digit.length;
  }
  const losses = film?.steps.flatMap((step, at) => {
    const value = film.losses[at] as number;
    return step > 0 && step <= 1024 ? [{ step, value }] : [];
  });
  return (
    <LiveTraining
      watched={{ indices, pixels: encodeBytes(together) }}
      committed={
        loaded.ok && losses
          ? {
              name: "the committed run",
              losses,
              images: loaded.value.dataset.split.train,
              batchSize: loaded.value.recipe.batchSize,
            }
          : undefined
      }
      series={series}
      starts={await committedStarts()}
    />
  );
}

/** The committed runs whose network is exactly one that the page trains; one whose files are missing is not offered. */
async function committedStarts(): Promise<CommittedStart[]> {
  const { filters } = assignmentSettings;
  const found = choices.latent.map(async (latent) => {
    const loaded = await findRun(latent === assignmentSettings.latent ? defaultRun : `${defaultRun}-${latent}`);
    if (!loaded.ok) return [];
    const run = loaded.value;
    const { spec } = recipeOf({ ...assignmentSettings, latent });
    if (run.recipe.loss !== "mse" || !isDeepStrictEqual(run.spec, spec)) return [];
    // A slim run has its weights in half floats only.
    const whole = [runPaths.encoder, runPaths.decoder];
    const paths = whole.every((path) => findFile(run, path)) ? whole : [runPaths.pageEncoder, runPaths.pageDecoder];
    const parts = paths.flatMap((path) => {
      const [model, weights] = [findFile(run, path), findFile(run, weightsBeside(path))];
      return model && weights ? [{ path: weightsBeside(path), model, weights }] : [];
    });
    return parts.length === 2 ? [{ run: run.name, latent, filters, images: run.dataset.split.train, parts }] : [];
  });
  return (await Promise.all(found)).flat();
}
