import { modelOutputShape, sizeOf, type Table, tensor } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { RunProblem, readRunTable } from "../run-store.ts";

/** What the trainer has recorded in a run's table `statistics`. */

/** Of some test digits, how many have their nearest neighbour among others in their own class, by several descriptions. */
export interface SameClassNeighbours {
  /** Test digits that were asked about, and those that their nearest was looked for among. */
  asked: number;
  among: number;
  /** By all pixels; by the run's code; by as many principal components, and by as many random sums of the pixels. */
  pixels: number;
  code: number;
  pca: number;
  random: number;
}

/** @throws RunProblem */
export async function sameClassNeighbours(run: Run): Promise<SameClassNeighbours> {
  const table = await statisticsOf(run);
  const read = (name: keyof SameClassNeighbours) => tensor(table, `neighbours/${name}`).data[0] as number;
  return {
    asked: read("asked"),
    among: read("among"),
    pixels: read("pixels"),
    code: read("code"),
    pca: read("pca"),
    random: read("random"),
  };
}

/** MSE on the test images of PCA with as many components as the run's code has numbers. @throws RunProblem */
export async function testPca(run: Run): Promise<number> {
  const components = sizeOf(modelOutputShape(run.spec.encoder));
  const errors = tensor(await statisticsOf(run), "pca/test").data;
  return errors[Math.min(components, errors.length) - 1] as number;
}

async function statisticsOf(run: Run): Promise<Table> {
  if (!run.files.some(({ path }) => path === runPaths.statistics)) {
    throw new RunProblem(
      "FILE_NOT_FOUND",
      `the run "${run.name}" has no ${runPaths.statistics}; record it with npm run train -- --name ${run.name} --derive`,
    );
  }
  return readRunTable(run, runPaths.statistics);
}
