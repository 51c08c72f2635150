import { nearestRows } from "@autoencoder/model";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { mnist } from "../../server/mnist.ts";
import { readRun } from "../../server/run-store.ts";
import { testCodes } from "../../server/statistics/codes.ts";
import { sameClassNeighbours, testPca } from "../../server/statistics/run-statistics.ts";
import { byError } from "../../server/test-digits.ts";
import { networkFiles } from "../../shared/run-addresses.ts";
import { query, router, runInput } from "../init.ts";

/** Test digits on one page of the browser. */
const perPage = 24;

const pageOfDigits = runInput.extend({
  label: z.int().min(0).max(9),
  order: z.enum(["best", "worst"]),
  page: z
    .int()
    .min(0)
    .max(10_000 / perPage),
});
const latentVector = runInput.extend({ latent: z.array(z.number()).min(1).max(1024) });

/** What pages ask over HTTP when a reader chooses something. Answers are JSON; pictures come as bytes from `/data`. */
export const pageRouter = router({
  /** A page of test digits of one class, from the best rebuilt to the worst or the other way. */
  testDigits: query.input(pageOfDigits).query(async ({ input: { name, label, order, page } }) => {
    const digits = await byError(await readRun(name), label);
    if (order === "worst") digits.reverse();
    const shown = digits.slice(page * perPage, (page + 1) * perPage);
    return {
      count: digits.length,
      perPage,
      indices: shown.map(({ index }) => index),
      mse: shown.map(({ mse }) => Number(mse.toPrecision(9))), // all that a float32 has
    };
  }),
  /** All test digits of a class by their errors, the least first. */
  classByError: query.input(runInput.extend({ label: z.int().min(0).max(9) })).query(async ({ input }) => {
    const sorted = await byError(await readRun(input.name), input.label);
    return { indices: sorted.map(({ index }) => index), mse: sorted.map(({ mse }) => Number(mse.toPrecision(5))) };
  }),
  /** A test digit's latent vector. */
  code: query.input(runInput.extend({ index: z.int().min(0).max(9_999) })).query(async ({ input: { name, index } }) => {
    const { values, width } = await testCodes(await readRun(name));
    const code = values.subarray(index * width, (index + 1) * width);
    return Array.from(code, (value) => Number(value.toPrecision(9))); // all that a float32 has
  }),
  /** The eleven test digits whose latent vectors are nearest to one: where it is a test digit's own, that one and ten more. */
  neighbours: query.input(latentVector).query(async ({ input: { name, latent } }) => {
    const codes = await testCodes(await readRun(name));
    if (codes.width !== latent.length) {
      const message = `expected a latent vector of ${codes.width} numbers but got ${latent.length}`;
      throw new TRPCError({ code: "BAD_REQUEST", message });
    }
    const { labels } = (await mnist()).test;
    return nearestRows(codes, Float32Array.from(latent), { count: 11 }).map(({ row, distance }) => {
      return { index: row, label: labels[row] as number, distance };
    });
  }),
  /** Of some test digits, how many have their nearest neighbour in their own class, by several descriptions. */
  sameClassNeighbours: query.input(runInput).query(async ({ input }) => sameClassNeighbours(await readRun(input.name))),
  /** A run's network as the page's worker opens it. */
  network: query.input(runInput).query(async ({ input }) => networkFiles(await readRun(input.name))),
  /** Test MSE of PCA with as many components as the run's latent vector has numbers. */
  testPca: query.input(runInput).query(async ({ input }) => testPca(await readRun(input.name))),
});
