import { readRun } from "../../server/run-store.ts";
import { neighbourAgreement } from "../../server/statistics/agreement.ts";
import { codePlane, codeSpread } from "../../server/statistics/code-spread.ts";
import { rotatedFirstDigit } from "../../server/statistics/rotated-code.ts";
import { query, router, runInput } from "../init.ts";

/** The latent vectors of the test digits. */
export const latentsRouter = router({
  spread: query.input(runInput).query(async ({ input }) => codeSpread(await readRun(input.name))),
  plane: query.input(runInput).query(async ({ input }) => codePlane(await readRun(input.name))),
  rotatedFirstDigit: query.input(runInput).query(async ({ input }) => rotatedFirstDigit(await readRun(input.name))),
  neighbourAgreement: query.input(runInput).query(async ({ input }) => neighbourAgreement(await readRun(input.name))),
});
