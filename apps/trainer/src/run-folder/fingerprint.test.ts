import { findRecipe } from "@autoencoder/model/recipes";
import { describe, expect, it } from "vitest";
import { checkFingerprint, type Fingerprint } from "./fingerprint.ts";

const fingerprint: Fingerprint = {
  recipe: findRecipe("assignment"),
  engine: "native",
  images: 60_000,
  dataset: ["a".repeat(64)],
  source: { sha256: "b".repeat(64), commit: null, dirty: false },
};
const check = (saved: Partial<Fingerprint>, now: Partial<Fingerprint>) => {
  return checkFingerprint(JSON.stringify({ ...fingerprint, ...saved }), { ...fingerprint, ...now });
};

describe("a checkpoint is continued only as TensorFlow computed it", () => {
  const graph = { graph: true, oneDnn: true, threads: 2 };

  it("with the same kernels, threads and way of running a step", () => {
    expect(check(graph, graph)).toMatchObject(graph);
  });

  it.each([
    [{ graph: false }, "expected graph false but got true; leave out --eager"],
    [{ oneDnn: false }, "expected oneDnn false but got true; set TF_ENABLE_ONEDNN_OPTS=1"],
    [{ threads: 8 }, "expected threads 8 but got 2; set TF_NUM_INTRAOP_THREADS=2"],
  ])("and not with %o", (now, message) => {
    expect(() => check(graph, { ...graph, ...now })).toThrow(message);
  });

  it("and one from before these were recorded ran operation by operation, without oneDNN, on any threads", () => {
    expect(check({}, { graph: false, oneDnn: false, threads: 4 }).engine).toBe("native");
    expect(() => check({}, graph)).toThrow("expected oneDnn true but got false; set TF_ENABLE_ONEDNN_OPTS=0");
    expect(() => check({}, { ...graph, oneDnn: false })).toThrow("expected graph true but got false; add --eager");
  });
});
