import { tensor, writeTable } from "@autoencoder/model";
import { filmTensors, type Run, runPaths } from "@autoencoder/model/run";
import { readRunTable } from "./run-store.ts";

/** What the film of a training shows of every frame in numbers, and its first frame whole. */
export interface FilmOpening {
  /** Training steps of the frames, from 0. */
  steps: number[];
  /** Training loss of the step that led to each frame; NaN for the first. */
  losses: number[];
  /** Norm of the gradient over all weights. */
  gradientNorms: number[];
  /** Mean of the sums before the sigmoid, of pixels that should be ink and of the others. */
  inkMeans: number[];
  blackMeans: number[];
  /** The first frame: [digits × pixels] in bytes, counts by bin, 1 for each map that lives. */
  first: { digits: Uint8Array; ink: number[]; black: number[]; live: number[] };
  /** Test images that are rebuilt. */
  indices: number[];
}

/** A training's film; undefined where it was trained without. @throws RunProblem when a file is damaged */
export async function readFilmOpening(run: Run): Promise<FilmOpening | undefined> {
  const table = await filmTable(run);
  if (!table) return undefined;
  const of = (name: string) => tensor(table, name);
  const steps = Array.from(of(filmTensors.step).data);
  const batchLosses = tensor(await readRunTable(run, runPaths.steps), "loss").data;
  const norms = of(filmTensors.gradientNorms);
  const layers = norms.shape[1] as number;
  const row = (name: string) => Array.from(of(name).data.slice(0, of(name).shape[1] as number));
  const digits = of(filmTensors.reconstructions);
  return {
    steps,
    losses: steps.map((step) => (step === 0 ? Number.NaN : (batchLosses[step - 1] as number))),
    gradientNorms: steps.map((_, frame) =>
      Math.hypot(...Array.from({ length: layers }, (_, layer) => norms.data[frame * layers + layer] as number)),
    ),
    inkMeans: Array.from(of(filmTensors.inkMean).data),
    blackMeans: Array.from(of(filmTensors.blackMean).data),
    first: {
      digits: Uint8Array.from(digits.data.slice(0, (digits.shape[1] as number) * (digits.shape[2] as number))),
      ink: row(filmTensors.ink),
      black: row(filmTensors.black),
      live: row(filmTensors.live),
    },
    indices: Array.from(tensor(table, "indices").data),
  };
}

/** What changes from frame to frame, for the page: pictures, histograms and live maps as a table. @returns its bytes */
export async function filmFrames(run: Run): Promise<Uint8Array | undefined> {
  const table = await filmTable(run);
  if (!table) return undefined;
  return writeTable({
    digits: tensor(table, filmTensors.reconstructions),
    ink: tensor(table, filmTensors.ink),
    black: tensor(table, filmTensors.black),
    live: tensor(table, filmTensors.live),
  });
}

async function filmTable(run: Run) {
  if (!run.files.some(({ path }) => path === runPaths.snapshots)) return undefined;
  const table = await readRunTable(run, runPaths.snapshots);
  return filmTensors.step in table ? table : undefined;
}
