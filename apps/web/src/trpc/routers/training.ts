import { tensor } from "@autoencoder/model";
import { runPaths } from "@autoencoder/model/run";
import { readFilmOpening } from "../../server/film.ts";
import { readRun, readRunTable } from "../../server/run-store.ts";
import { filmErrors, readSnapshots } from "../../server/snapshots.ts";
import { lastMaps } from "../../server/statistics/last-maps.ts";
import { query, router, runInput } from "../init.ts";

/** How a run was trained. */
export const trainingRouter = router({
  /** The training loss of every batch. */
  batchLosses: query.input(runInput).query(async ({ input }) => {
    const table = await readRunTable(await readRun(input.name), runPaths.steps);
    return Float32Array.from(tensor(table, "loss").data);
  }),
  /** What was measured in the middle of the training; undefined where it was trained without. */
  snapshots: query.input(runInput).query(async ({ input }) => readSnapshots(await readRun(input.name))),
  /** Every step of its beginning, and ever fewer after; undefined where it was trained without. */
  film: query.input(runInput).query(async ({ input }) => readFilmOpening(await readRun(input.name))),
  /** The same with the errors of the pictures that its films show. */
  films: query.input(runInput).query(async ({ input }) => {
    const snapshots = await readSnapshots(await readRun(input.name));
    return snapshots && { ...snapshots, ...(await filmErrors(snapshots)) };
  }),
  /** Which feature maps before the last convolution are alive at the end, and what it makes of them. */
  lastMaps: query.input(runInput).query(async ({ input }) => lastMaps(await readRun(input.name))),
});
