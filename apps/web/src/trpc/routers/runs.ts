import { z } from "zod";
import { runPicture } from "../../server/pictures.ts";
import { listRuns, readRun } from "../../server/run-store.ts";
import { query, router, runInput } from "../init.ts";

/** The published runs themselves. */
export const runsRouter = router({
  /** All runs, broken ones with what is wrong. */
  list: query.query(() => listRuns()),
  /** Says what is wrong where a run cannot be shown, and hands nothing over. */
  check: query.input(runInput).query(async ({ input }) => {
    await readRun(input.name);
  }),
  /** A run's run.json. */
  get: query.input(runInput).query(({ input }) => readRun(input.name)),
  /** A PNG of the run and its size, or what is wrong with it. */
  picture: query
    .input(runInput.extend({ path: z.string().max(200) }))
    .query(async ({ input }) => runPicture(await readRun(input.name), input.path)),
});
