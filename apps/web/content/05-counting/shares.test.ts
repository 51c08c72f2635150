import { assignmentSpec } from "@autoencoder/model";
import { expect, it } from "vitest";
import { assigned, sizedSpec } from "./counts.ts";
import { labelsOf, layerShares, segmentsOf, sumOf } from "./shares.ts";

const layers = layerShares(assignmentSpec());

it("the assigned network has seven layers with weights, whose shares are the table's", () => {
  expect(layers.map(({ name }) => name)).toEqual([
    "conv2d",
    "conv2d_1",
    "latent_vector",
    "dense",
    "conv2d_2",
    "conv2d_3",
    "conv2d_4",
  ]);
  expect([sumOf(layers, "stored"), sumOf(layers, "done")]).toEqual([479_105, 9_884_672]);
  const dense = layers.filter((layer) => layer.dense);
  expect(sumOf(dense, "stored")).toBe(404_608);
  expect(sumOf(dense, "done")).toBe(401_408);
  // Reuse is the ratio of done to stored of a layer's kernel, its biases aside.
  for (const { stored, done, usesOfEachWeight, name } of layers) {
    const outputs = {
      conv2d: 32,
      conv2d_1: 64,
      latent_vector: 64,
      dense: 3136,
      conv2d_2: 64,
      conv2d_3: 32,
      conv2d_4: 1,
    };
    expect(done / (stored - outputs[name as keyof typeof outputs]), name).toBe(usesOfEachWeight);
  }
});

it("segments lie side by side and fill the bar", () => {
  const segments = segmentsOf(layers, "done", sumOf(layers, "done"));
  for (const [at, { left, width }] of segments.entries()) {
    expect(segments[at + 1]?.left ?? 100).toBeCloseTo(left + width, 9);
  }
});

it("a bar is as long as its share of the larger network's", () => {
  const smaller = layerShares(sizedSpec(assignmentSpec(), { ...assigned, latent: 2 }));
  const segments = segmentsOf(smaller, "stored", sumOf(layers, "stored"));
  const { left, width } = segments.at(-1) as (typeof segments)[number];
  expect(left + width).toBeCloseTo((100 * 90_179) / 479_105, 9);
});

it("narrow neighbours are named together, with the sum of their shares", () => {
  const labels = labelsOf(segmentsOf(layers, "done", sumOf(layers, "done")), 12);
  expect(labels.map(({ names, inside }) => [names.join(" "), inside])).toEqual([
    ["conv2d", false],
    ["conv2d_1", true],
    ["latent_vector dense", false],
    ["conv2d_2", true],
    ["conv2d_3", true],
    ["conv2d_4", false],
  ]);
  expect(labels[2]?.share).toBeCloseTo(401_408 / 9_884_672, 12);
});
