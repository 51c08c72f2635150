import { z } from "zod";
import { forwardPass } from "../../server/forward-pass.ts";
import { testPixels } from "../../server/mnist.ts";
import { readRun } from "../../server/run-store.ts";
import { readSamples } from "../../server/samples.ts";
import { bestTypicalWorst } from "../../server/statistics/best-and-worst.ts";
import { blurExperiments } from "../../server/statistics/blur-experiments.ts";
import { errorStrip } from "../../server/statistics/error-strip.ts";
import { foundAgain } from "../../server/statistics/found-again.ts";
import { shiftedInput } from "../../server/statistics/shifted-input.ts";
import { withoutRelu } from "../../server/without-relu.ts";
import { query, router, runInput, testIndex } from "../init.ts";

/** Digits, and what a run makes of them. */
export const digitsRouter = router({
  /** Test digits as bytes, 784 each. */
  pixels: query
    .input(z.object({ indices: z.array(testIndex).max(1000) }))
    .query(({ input }) => Promise.all(input.indices.map(testPixels))),
  /** The recorded samples of a run with their originals. */
  samples: query.input(runInput).query(async ({ input }) => readSamples(await readRun(input.name))),
  /** Every number that a run's network computes for a test digit. */
  forwardPass: query
    .input(runInput.extend({ index: testIndex }))
    .query(async ({ input }) => forwardPass(await readRun(input.name), input.index)),
  errorStrip: query.input(runInput).query(async ({ input }) => errorStrip(await readRun(input.name))),
  /** What a test digit's error becomes without ReLU. */
  withoutRelu: query
    .input(runInput.extend({ index: testIndex }))
    .query(async ({ input }) => withoutRelu(await readRun(input.name), input.index)),
  bestTypicalWorst: query.input(runInput).query(async ({ input }) => bestTypicalWorst(await readRun(input.name))),
  foundAgain: query.input(runInput).query(async ({ input }) => foundAgain(await readRun(input.name))),
  shiftedInput: query.input(runInput).query(async ({ input }) => shiftedInput(await readRun(input.name))),
  blurExperiments: query.input(runInput).query(async ({ input }) => blurExperiments(await readRun(input.name))),
});
