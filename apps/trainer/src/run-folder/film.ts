import { greyByte, type Table, tensor } from "@autoencoder/model";
import { layerNorms, type SumsFrame, sumsFrame } from "@autoencoder/model/film";
import type { Recipe } from "@autoencoder/model/recipes";
import { filmHeader, filmTensors } from "@autoencoder/model/run";
import type { Autoencoder } from "@autoencoder/model/tfjs";
import { compiled, lossAndGradient, predict } from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs-core";

/** Frames for each doubling of the steps after the 64th. */
const framesADoubling = 5;

/** Whether the film has a frame of this step: of each up to the 64th, where a run collapses or not, and of fewer later. */
export function isFilmStep(step: number): boolean {
  if (step <= 64) return true;
  const nearest = Math.round(framesADoubling * Math.log2(step / 64));
  return Math.round(64 * 2 ** (nearest / framesADoubling)) === step;
}

interface Frame extends SumsFrame {
  step: number;
  reconstructions: Uint8Array;
  /** Of the gradient of the loss over the probe, by layer. */
  norms: Float32Array;
}

interface FilmOf {
  recipe: Recipe;
  /** The test images of which it shows the reconstructions, flat. */
  digits: Float32Array;
  /** The training images at which the network's insides are looked at, flat. */
  probe: Float32Array;
  /** Pixels of an image. */
  size: number;
}

/** How a training went, step by step at its beginning: pictures, sums before the last activation, live maps, gradients. */
export class Film {
  private frames: Frame[] = [];
  private gradient: ((batch: tf.Tensor) => tf.Tensor) | undefined;

  constructor(private readonly of: FilmOf) {}

  /** Takes a frame if one is due. */
  async take(models: Autoencoder, step: number): Promise<void> {
    if (!isFilmStep(step) || this.frames.some((frame) => frame.step === step)) return;
    const { digits, probe } = this.of;
    const reconstructions = Uint8Array.from(await predict(models.autoencoder, digits), greyByte);
    const codes = await predict(models.encoder, probe);
    const { frame } = await sumsFrame(models.decoder, codes, probe);
    this.frames.push({ step, reconstructions, ...frame, norms: await this.normsOf(models) });
  }

  /** Its tensors, as `filmTensors` has them; none where no frame was taken. */
  tensors(): Table {
    const { frames } = this;
    const [first] = frames;
    if (!first) return {};
    const stacked = <Data extends Uint8Array | Int32Array | Float32Array>(all: Data, of: (frame: Frame) => Data) => {
      for (const [at, frame] of frames.entries()) all.set(of(frame), at * of(frame).length);
      return all;
    };
    const count = frames.length;
    const { layers, bins, maps } = { layers: first.norms.length, bins: first.ink.length, maps: first.live.length };
    const pictures = first.reconstructions.length;
    const f32 = (shape: number[], data: Float32Array) => ({ dtype: "F32" as const, shape, data });
    const i32 = (shape: number[], data: Int32Array) => ({ dtype: "I32" as const, shape, data });
    const u8 = (shape: number[], data: Uint8Array) => ({ dtype: "U8" as const, shape, data });
    return {
      [filmTensors.step]: i32(
        [count],
        Int32Array.from(frames, ({ step }) => step),
      ),
      [filmTensors.reconstructions]: u8(
        [count, pictures / this.of.size, this.of.size],
        stacked(new Uint8Array(count * pictures), ({ reconstructions }) => reconstructions),
      ),
      [filmTensors.ink]: i32(
        [count, bins],
        stacked(new Int32Array(count * bins), ({ ink }) => ink),
      ),
      [filmTensors.black]: i32(
        [count, bins],
        stacked(new Int32Array(count * bins), ({ black }) => black),
      ),
      [filmTensors.inkMean]: f32(
        [count],
        Float32Array.from(frames, ({ inkMean }) => inkMean),
      ),
      [filmTensors.blackMean]: f32(
        [count],
        Float32Array.from(frames, ({ blackMean }) => blackMean),
      ),
      [filmTensors.live]: u8(
        [count, maps],
        stacked(new Uint8Array(count * maps), ({ live }) => live),
      ),
      [filmTensors.gradientNorms]: f32(
        [count, layers],
        stacked(new Float32Array(count * layers), ({ norms }) => norms),
      ),
    };
  }

  /** What the header of a table with them says. */
  get metadata(): Record<string, string> {
    return filmHeader(this.of.recipe.spec);
  }

  /** Takes over the frames of an interrupted run, up to a step. A table without them has none. @throws Error where it is damaged */
  restore(table: Table, until: number): void {
    if (!Object.hasOwn(table, filmTensors.step)) return;
    const steps = tensor(table, filmTensors.step).data;
    const row = (name: string, at: number) => {
      const { data } = tensor(table, name);
      const width = data.length / steps.length;
      if (!Number.isInteger(width)) throw new Error(`expected ${steps.length} rows of ${name} but got ${width}`);
      return data.slice(at * width, (at + 1) * width);
    };
    this.frames = Array.from(steps, (step, at) => ({
      step,
      reconstructions: Uint8Array.from(row(filmTensors.reconstructions, at)),
      ink: Int32Array.from(row(filmTensors.ink, at)),
      black: Int32Array.from(row(filmTensors.black, at)),
      inkMean: row(filmTensors.inkMean, at)[0] as number,
      blackMean: row(filmTensors.blackMean, at)[0] as number,
      live: Uint8Array.from(row(filmTensors.live, at)),
      norms: Float32Array.from(row(filmTensors.gradientNorms, at)),
    })).filter(({ step }) => step <= until);
  }

  private async normsOf({ autoencoder }: Autoencoder): Promise<Float32Array> {
    const { recipe, probe, size } = this.of;
    const { spec, loss } = recipe;
    this.gradient ??= compiled("the film's gradient", (batch) => lossAndGradient(autoencoder, batch, loss).gradient);
    const { gradient } = this;
    const shape = autoencoder.inputs[0]?.shape.slice(1) as number[];
    const flat = tf.tidy(() => gradient(tf.tensor(probe, [probe.length / size, ...shape])));
    const values = await flat.data<"float32">();
    flat.dispose();
    return layerNorms(spec, values);
  }
}
