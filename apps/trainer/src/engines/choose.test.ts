import { expect, it } from "vitest";
import { inOrder } from "./choose.ts";

it("an engine that nobody asked for: first the fastest measured, then cuda, native and wasm", () => {
  expect(inOrder(undefined)).toEqual(["cuda", "native", "wasm"]);
  expect(inOrder("native")).toEqual(["native", "cuda", "wasm"]);
});

it("WebGPU is among them only where it was measured to be the fastest", () => {
  expect(inOrder("webgpu")).toEqual(["webgpu", "cuda", "native", "wasm"]);
});
