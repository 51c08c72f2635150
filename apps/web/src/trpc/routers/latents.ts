import { readRun } from "../../server/run-store.ts";
import { codePlane, codeSpread } from "../../server/statistics/code-spread.ts";
import { planeOfTwo } from "../../server/statistics/plane-of-two.ts";
import { randomPictures } from "../../server/statistics/random-pictures.ts";
import { rotatedFirstDigit } from "../../server/statistics/rotated-code.ts";
import { sameClassNeighbours } from "../../server/statistics/run-statistics.ts";
import { query, router, runInput } from "../init.ts";

/** The latent vectors of the test digits. */
export const latentsRouter = router({
  spread: query.input(runInput).query(async ({ input }) => codeSpread(await readRun(input.name))),
  randomPictures: query.input(runInput).query(async ({ input }) => randomPictures(await readRun(input.name))),
  /** Where the codes of two numbers lie, and how many pictures its sheet has along a side. */
  sheetOfTwo: query.input(runInput).query(async ({ input }) => planeOfTwo(await readRun(input.name))),
  plane: query.input(runInput).query(async ({ input }) => codePlane(await readRun(input.name))),
  rotatedFirstDigit: query.input(runInput).query(async ({ input }) => rotatedFirstDigit(await readRun(input.name))),
  sameClassNeighbours: query.input(runInput).query(async ({ input }) => sameClassNeighbours(await readRun(input.name))),
});
