import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseEngine } from "../../apps/trainer/src/engines/choose.ts";

/** The engine webgpu on SwiftShader, the program that stands in for a GPU in the browser of the tests. Linux x64 alone has that. */

const root = join(import.meta.dirname, "..", "..");
const stamp = join(root, ".native", "webgpu.json");
const swiftShader = { VK_ICD_FILENAMES: join(tmpdir(), "vk_swiftshader_icd.json"), LD_LIBRARY_PATH: tmpdir() };

interface Ended {
  code: number | null;
  output: string;
  errors: string;
}

function node(args: string[], env: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (text) => {
    output += text;
  });
  child.stderr.on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output, errors })));
}

describe.runIf(process.platform === "linux" && process.arch === "x64")("the engine webgpu", () => {
  beforeAll(async () => {
    await chromium.executablePath(); // unpacks SwiftShader beside the browser
    rmSync(stamp, { force: true });
    const provisioned = await node(["scripts/native.mjs", "--webgpu"], swiftShader);
    expect(provisioned.errors).toContain("SwiftShader");
    expect(provisioned.code).toBe(0);
  });

  it("trains as wasm does, ends by itself, and keeps no tensor that it does not need", async () => {
    const [gpu, wasm] = await Promise.all(
      ["webgpu", "wasm"].map(async (engine) => {
        const ended = await node(["--import", "tsx", "tests/fixtures/engine-steps.ts", engine], swiftShader);
        expect([ended.code, ended.errors]).toEqual([0, expect.not.stringContaining("Error")]);
        return JSON.parse(ended.output.trim().split("\n").at(-1) as string);
      }),
    );
    expect(gpu.engine).toMatchObject({ name: "webgpu", workers: 1, versions: { webgpu: "0.6.2" } });
    expect(gpu.engine.device).toMatch(/SwiftShader.*\(a software rasterizer\)$/);
    for (const [at, loss] of gpu.losses.entries()) expect(loss / wasm.losses[at]).toBeCloseTo(1, 5);
    const off = gpu.weights.map((weight: number, at: number) => Math.abs(weight - wasm.weights[at]));
    // Adam's step is at most its learning rate, 0.001, in whatever direction rounding has turned a gradient of nearly 0.
    expect(off.reduce((sum: number, one: number) => sum + one, 0) / off.length).toBeLessThan(1e-6);
    expect(new Set(gpu.tensors).size).toBe(1);
  });

  it("is never taken by itself where a program computes for the GPU", () => {
    expect(JSON.parse(readFileSync(stamp, "utf8"))).toMatchObject({ fastest: false });
    expect(chooseEngine(undefined).engine.name).not.toBe("webgpu");
    expect(chooseEngine("webgpu").engine.name).toBe("webgpu");
  });

  it("says what is missing where there is no GPU", async () => {
    const trainer = ["--import", "tsx", "apps/trainer/src/cli.ts", "--engine", "webgpu", "--name", "nothing"];
    const none = { VK_ICD_FILENAMES: "", LD_LIBRARY_PATH: "" };
    const { code, errors } = await node(trainer, none);
    expect(code).toBe(1);
    expect(errors.trim().split("\n").at(-1)).toBe(
      "error: engine webgpu: expected a GPU with Vulkan, Metal or Direct3D 12 but Dawn finds none; check its driver, " +
        "or train with another --engine",
    );
    expect(existsSync(join(root, "artifacts", ".work", "nothing"))).toBe(false);
  });
});
