import { registerFastGradients } from "@autoencoder/model/gradients";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startWasm } from "../../apps/trainer/src/engines/wasm-backend.ts";
import { isSoftware } from "../../apps/web/src/training/engines/engine.ts";
import { type FirstStep, partsOf, takeFirstStep } from "../../apps/web/src/training/engines/first-step.ts";
import known from "../../apps/web/src/training/engines/known-step.json";
import { describeStep, faultOf } from "../../apps/web/src/training/engines/self-test.ts";

describe("the step that every engine of the page has to take", () => {
  let step: FirstStep;
  beforeAll(async () => {
    await tf.setBackend("cpu");
    registerFastGradients();
    step = await takeFirstStep();
  });

  /** The step with some numbers of one tensor altered. */
  function altered(what: "m" | "after", name: string, alter: (value: number, at: number) => number): FirstStep {
    const part = partsOf().find((one) => one.name === name);
    if (!part) throw new Error(`expected a tensor ${name}`);
    const inside = (at: number) => at >= part.start && at < part.start + part.length;
    return { ...step, [what]: step[what].map((value, at) => (inside(at) ? alter(value, at - part.start) : value)) };
  }

  it("is the recorded one on plain JavaScript, in all seven digits", () => {
    const came = describeStep(step);
    expect(came.gradients.map(({ name }) => name)).toEqual(known.gradients.map(({ name }) => name));
    expect(Math.abs(came.loss - known.loss)).toBeLessThan(1e-6);
    for (const [at, { name, largest, samples, folded }] of known.gradients.entries()) {
      const { [at]: one } = came.gradients;
      const apart = [largest, folded, ...samples].map((value, number) => {
        return Math.abs(value - ([one?.largest, one?.folded, ...(one?.samples ?? [])][number] ?? Number.NaN));
      });
      expect(Math.max(...apart) / largest, name).toBeLessThan(1e-6);
    }
    expect(faultOf(step, known)).toBeUndefined();
  });

  it("names the tensor whose gradient is 0, as on the phone of tfjs's issue 8590", () => {
    const zero = { ...step, m: step.m.map(() => 0), after: step.before };
    expect(faultOf(zero, known)).toBe(
      "The gradient of conv2d/kernel is off by 100 % of its largest value; at most 0.1 % is allowed.",
    );
    expect(
      faultOf(
        altered("m", "dense/bias", () => 0),
        known,
      ),
    ).toContain("The gradient of dense/bias");
  });

  it("is refused in half floats, where a few numbers are off, and where they are none", () => {
    const short = (value: number) => Number(value.toPrecision(3));
    expect(faultOf(altered("m", "dense/kernel", short), known)).toBeDefined();
    const some = altered("m", "latent_vector/kernel", (value, at) => (at % 97 === 0 ? 0 : value));
    expect(faultOf(some, known)).toContain("latent_vector/kernel");
    expect(
      faultOf(
        altered("m", "conv2d_4/bias", () => Number.NaN),
        known,
      ),
    ).toContain("off by no number");
  });

  it("is refused where the gradient is right and the weights stay where they were", () => {
    expect(faultOf({ ...step, after: step.before }, known)).toContain("The change of conv2d/kernel is off by 98 %");
    expect(
      faultOf(
        altered("after", "conv2d_3/bias", (value) => value + 1e-5),
        known,
      ),
    ).toContain("The change of conv2d_3/bias");
  });

  it("is taken by the WASM engine", async () => {
    await startWasm();
    expect(faultOf(await takeFirstStep(), known)).toBeUndefined();
  });
});

it.each([
  ["ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)", true],
  ["llvmpipe (LLVM 15.0.7, 256 bits)", true],
  ["ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11 vs_5_0 ps_5_0, D3D11)", true],
  ["Apple Software Renderer", true],
  ["ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)", false],
  ["Mali-G78", false],
  ["ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)", false],
])("%s: a program in a GPU's place is %s", (device, software) => expect(isSoftware(device)).toBe(software));
