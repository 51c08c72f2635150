import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tinyRecipe } from "../fixtures/tiny-recipe.ts";
import { type Ended, errorLine, writeFewDigits } from "../fixtures/trainer.ts";

/**
 * The engine webgpu on SwiftShader, which stands in for a GPU in the browser that comes with npm on Linux x64. It computes
 * everything on the CPU, so the networks are small; a real GPU takes another way through the same kernels.
 */

const root = join(import.meta.dirname, "..", "..");
const stampPath = join(root, ".native", "webgpu.json");
const folder = mkdtempSync(join(tmpdir(), "webgpu-"));
/** Where @sparticuz/chromium unpacks it, beside Vulkan's loader. */
const swiftShader = { VK_ICD_FILENAMES: join(tmpdir(), "vk_swiftshader_icd.json"), LD_LIBRARY_PATH: tmpdir() };
const noGpu = { VK_ICD_FILENAMES: "/nowhere", VK_DRIVER_FILES: "/nowhere", LD_LIBRARY_PATH: "" };

function node(args: string[], env: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  const texts = { output: "", errors: "" };
  child.stdout.on("data", (text) => {
    texts.output += text;
  });
  child.stderr.on("data", (text) => {
    texts.errors += text;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...texts })));
}
const program = ["--import", "tsx", "apps/trainer/src/cli.ts"];
const artifacts = join(folder, "artifacts");
const trainer = (args: string[], env: Record<string, string>) =>
  node([...program, ...args], { ...env, ARTIFACTS_DIR: artifacts });
const steps = (engine: string) => node(["--import", "tsx", "tests/fixtures/engine-steps.ts", engine], swiftShader);

const farthest = (moved: number[]) => moved.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

describe.runIf(process.platform === "linux" && process.arch === "x64")("the engine webgpu", () => {
  const stampBefore = existsSync(stampPath) ? readFileSync(stampPath) : undefined;
  const data = join(folder, "few-digits");
  const recipe = join(folder, "tiny.json");
  const few = [
    "--recipe",
    recipe,
    "--data",
    data,
    "--name",
    "few",
    "--images",
    "12",
    "--epochs",
    "2",
    "--batch-size",
    "4",
  ];
  beforeAll(async () => {
    const { default: chromium } = await import("@sparticuz/chromium");
    await chromium.executablePath();
    writeFewDigits(data, 16);
    writeFileSync(recipe, JSON.stringify(tinyRecipe()));
  });
  afterAll(() => {
    if (stampBefore) writeFileSync(stampPath, stampBefore);
    else rmSync(stampPath, { force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  it("takes the steps that wasm takes, in float32, without keeping tensors, and lets its process end", async () => {
    const [webgpu, wasm] = await Promise.all(
      ["webgpu", "wasm"].map(async (engine) => {
        const ended = await steps(engine);
        expect([ended.code, ended.errors]).toEqual([0, expect.not.stringMatching(/^\w*Error/m)]);
        return JSON.parse(ended.output);
      }),
    );
    expect(webgpu.info).toEqual({
      name: "webgpu",
      device: expect.stringMatching(/^google swiftshader .*\(SwiftShader driver .*\), a software rasterizer$/),
      versions: { node: process.versions.node, tfjs: "4.22.0", "tfjs-backend-webgpu": "4.22.0", webgpu: "0.6.2" },
      workers: 1,
    });
    expect(webgpu.features).not.toContain("shader-f16");
    expect(webgpu.tensors).toEqual(Array(3).fill(webgpu.tensors[0]));
    for (const [at, loss] of wasm.losses.entries()) {
      expect(Math.abs(webgpu.losses[at] - loss) / loss, `loss ${at}`).toBeLessThan(1e-5);
    }
    // How far each weight has moved, in units of the one that moved farthest: the gradients of three steps.
    const apart = wasm.moved.map((way: number, at: number) => way - webgpu.moved[at]);
    expect(apart.length).toBe(479_105);
    expect(farthest(apart) / farthest(wasm.moved)).toBeLessThan(1e-4);
  });

  it("says what is saved when the GPU is lost, goes on from there, and publishes a run that names it", async () => {
    const checkpoint = join(folder, "artifacts/.work/few/checkpoint.safetensors");
    const losing = ["--import", "./tests/fixtures/lose-gpu.mjs", ...program, "--engine", "webgpu", ...few];
    const lost = await node(losing, { ...swiftShader, ARTIFACTS_DIR: artifacts, CHECKPOINT: checkpoint });
    expect(lost.output).toContain("engine  webgpu (asked for): google swiftshader");
    expect(lost.output).toMatch(/^warning: a software rasterizer computes in a GPU's place/m);
    expect([lost.code, errorLine(lost)]).toEqual([
      1,
      expect.stringMatching(
        /^error: engine webgpu: the GPU was lost \(.*\); what was trained up to epoch 1, batch 0 is saved; continue with: npm run train -- .*--resume$/,
      ),
    ]);
    const resumed = await trainer(["--engine", "webgpu", ...few, "--resume"], swiftShader);
    expect([resumed.code, resumed.errors]).toEqual([0, expect.not.stringContaining("error: ")]);
    const run = parseRun(readFileSync(join(artifacts, "few/run.json"), "utf8"));
    expect(run.engine).toMatchObject({ name: "webgpu", workers: 1, versions: { webgpu: "0.6.2" } });
    expect([run.status, run.history.length]).toEqual(["complete", 2]);
  });

  it("refuses to compute where there is no GPU, in one line", async () => {
    const ended = await trainer(["--engine", "webgpu", ...few], noGpu);
    expect([ended.code, errorLine(ended)]).toEqual([
      1,
      "error: engine webgpu: expected a GPU with Vulkan, Metal or Direct3D 12 but Dawn finds none; check its driver, or " +
        "train with --engine wasm",
    ]);
  });

  describe("as npm run native -- --webgpu finds SwiftShader", () => {
    it("is provisioned without being timed: it can be asked for", async () => {
      const { code, errors } = await node(["scripts/native.mjs", "--webgpu"], swiftShader);
      expect([code, errors]).toEqual([0, expect.stringMatching(/GPU: google swiftshader.*\n.*many times slower/)]);
      expect(errors).not.toContain("Measuring");
      expect(JSON.parse(readFileSync(stampPath, "utf8"))).toMatchObject({ software: true, fastest: false });
    });

    it("is not taken unasked, nor where another GPU was the fastest before", async () => {
      const { chooseEngine } = await import("../../apps/trainer/src/engines/choose.ts");
      expect(chooseEngine(undefined).engine.name).not.toBe("webgpu");
      writeFileSync(stampPath, JSON.stringify({ adapter: "a GPU that is gone", software: false, fastest: true }));
      expect(chooseEngine(undefined).engine.name).toBe("webgpu");
      const ended = await trainer(few, swiftShader);
      expect([ended.code, errorLine(ended)]).toEqual([
        1,
        expect.stringMatching(
          /^error: engine webgpu: expected the GPU .* came to google swiftshader.* again, or train/,
        ),
      ]);
    });

    it("is no provision where there is no GPU", async () => {
      const { code, errors } = await node(["scripts/native.mjs", "--webgpu"], noGpu);
      expect([code, errors]).toEqual([1, expect.stringContaining("error: engine webgpu: expected a GPU")]);
      expect(existsSync(stampPath)).toBe(false);
    });
  });
});
