import { drawnDigits, pageBuild, recordedEvidence } from "../../server/grading.ts";
import { readRun } from "../../server/run-store.ts";
import { query, router, runInput } from "../init.ts";

/** The server's half of a run's grading. */
export const gradingRouter = router({
  /** What can be known of a run without computing with its weights. */
  evidence: query.input(runInput).query(async ({ input }) => recordedEvidence(await readRun(input.name))),
  /** Numbers of the test digits that the trainer draws into `reconstructions.png`. */
  drawnDigits: query.query(drawnDigits),
  /** The build of the site that grades. */
  pageBuild: query.query(pageBuild),
});
