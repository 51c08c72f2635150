import {
  type AutoencoderSpec,
  arithmeticOf,
  backward,
  countValues,
  layerValues,
  type MapInputs,
  type MapLayer,
  mapInputs,
  mapLayerNamed,
  mapLayersOf,
  type Place,
  readTable,
  readWeights,
  sizeOf,
  tensor,
  type ValueTerms,
  valueTerms,
  type WeightsByName,
} from "@autoencoder/model";
import { type Autoencoder, activations, buildAutoencoder, setWeights } from "@autoencoder/model/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { fetchFile } from "./fetch-file.ts";
import type { ModelSource, RemoteFile } from "./messages.ts";
import { ModelProblem } from "./model-problem.ts";

/** Digits that `verify` computes together: few, so that nobody who draws waits for them. */
const together = 10;

/**
 * A loaded network. It keeps all numbers of the last digit, so that whatever is asked about them costs no second pass.
 */
export class Network {
  readonly models: Autoencoder;
  readonly stages: readonly MapLayer[];
  /** Bytes that were fetched. */
  readonly bytes: number;
  readonly #inputShape: readonly number[];
  readonly #weights: WeightsByName;
  /** The numbers of all stages for the digit of the last pass. */
  #all: Float32Array;
  #pass = 0;

  private constructor(models: Autoencoder, spec: AutoencoderSpec, loaded: { weights: WeightsByName; bytes: number }) {
    this.models = models;
    this.stages = mapLayersOf(spec);
    this.#inputShape = this.stages[0]?.sizes.output ?? [];
    this.#weights = loaded.weights;
    this.bytes = loaded.bytes;
    this.#all = new Float32Array(countValues(this.stages));
  }

  /**
   * Fetches, checks and builds; the files travel while the backend starts.
   * @throws ModelProblem
   */
  static async open(source: ModelSource, backend: Promise<void>): Promise<Network> {
    const { encoder, decoder } = source;
    const files = [encoder.model, encoder.weights, decoder.model, decoder.weights] as const;
    const [encoderJson, encoderBin, decoderJson, decoderBin] = await Promise.all([
      fetchFile(files[0]),
      fetchFile(files[1]),
      fetchFile(files[2]),
      fetchFile(files[3]),
      backend,
    ]);
    try {
      const models = buildAutoencoder(source.spec);
      const parts = {
        encoder: readWeights(text(encoderJson), encoderBin),
        decoder: readWeights(text(decoderJson), decoderBin),
      };
      setWeights(models.encoder, parts.encoder);
      setWeights(models.decoder, parts.decoder);
      const weights = new Map([...parts.encoder, ...parts.decoder].map(({ name, data }) => [name, data]));
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      return new Network(models, source.spec, { weights, bytes });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ModelProblem("damaged", `The run ${source.run} does not open: ${reason}.`, { cause });
    }
  }

  /** Pixels of one digit. */
  get inputLength(): number {
    return sizeOf(this.#inputShape);
  }
  get inputShape(): readonly number[] {
    return this.#inputShape;
  }

  /** One forward pass through both parts; its numbers stay until the next. */
  run(pixels: Float32Array): { pass: number; all: Float32Array } {
    expectLength("pixels", pixels, this.inputLength);
    const all = new Float32Array(this.#all.length);
    tf.tidy(() => {
      const encoded = activations(this.models.encoder, tf.tensor(pixels, [1, ...this.#inputShape]));
      const code = [...encoded.values()].at(-1) as tf.Tensor;
      const decoded = activations(this.models.decoder, code);
      for (const stage of this.stages) {
        const output = encoded.get(stage.name) ?? decoded.get(stage.name);
        layerValues(all, stage).set(valuesOf(output));
      }
    });
    this.#all = all;
    return { pass: ++this.#pass, all };
  }

  /** The numbers of a digit that was passed. @throws ModelProblem when another digit has taken its place */
  numbers(pass: number): Float32Array {
    if (pass === this.#pass) return this.#all;
    throw new ModelProblem("superseded", "A newer digit took this one's place.");
  }

  stage(name: string): MapLayer {
    try {
      return mapLayerNamed(this.stages, name);
    } catch (cause) {
      throw new ModelProblem("request", `This network has no such layer: ${(cause as Error).message}.`, { cause });
    }
  }

  /** A stage's weights; empty where it has none. */
  weights(name: string): { kernel: Float32Array; bias: Float32Array } {
    const { name: of } = this.stage(name);
    const weight = (kind: string) => this.#weights.get(`${of}/${kind}`) ?? new Float32Array(0);
    return { kernel: weight("kernel"), bias: weight("bias") };
  }

  /** Every term of one value. @throws ModelProblem */
  terms(pass: number, stage: string, place: Place): ValueTerms {
    const at = this.stage(stage);
    const [height, width, channels] = at.shape;
    if (!within(place.row, height) || !within(place.column, width) || !within(place.channel, channels)) {
      const sizes = `${height} × ${width} × ${channels}`;
      const got = `row ${place.row}, column ${place.column}, map ${place.channel}`;
      throw new ModelProblem("request", `Expected a place within ${sizes} of ${stage} but got ${got}.`);
    }
    return valueTerms(this.#arithmetic(pass, at), place);
  }

  /** What feeds one feature map; undefined where nothing is summed. @throws ModelProblem */
  mapInputs(pass: number, stage: string, map: number): MapInputs | undefined {
    const at = this.stage(stage);
    if (!within(map, at.shape[2])) {
      throw new ModelProblem("request", `Expected one of ${at.shape[2]} maps of ${stage} but got ${map}.`);
    }
    return mapInputs(this.#arithmetic(pass, at), map);
  }

  /**
   * How one rebuilt pixel answers to every pixel of the input: the gradient ∂ŷ(row, column)/∂x at this digit.
   * @throws ModelProblem
   */
  influence(pass: number, { row, column }: { row: number; column: number }): Float32Array {
    const stage = this.stages.at(-1) as MapLayer;
    const digit = { weights: this.#weights, values: this.numbers(pass) };
    const gradients = backward(this.stages, digit, { layer: stage, place: { row, column, channel: 0 } });
    return layerValues(gradients, this.stages[0] as MapLayer).slice();
  }

  /** The picture that the decoder paints from a code. */
  decode(latent: Float32Array): Float32Array {
    const code = this.stages.find(({ part }) => part === "code");
    expectLength("latent values", latent, code?.values ?? 0);
    return tf.tidy(() => valuesOf(this.models.decoder.predict(tf.tensor(latent, [1, latent.length])) as tf.Tensor));
  }

  /** Greatest differences from the trainer's recorded codes and pictures of the same digits. @throws ModelProblem */
  async verify(samples: RemoteFile, pictures: Uint8Array) {
    const table = readTable(await fetchFile(samples));
    const latents = tensor(table, "latents").data;
    const reconstructions = tensor(table, "reconstructions").data;
    const count = reconstructions.length / this.inputLength;
    if (pictures.length !== reconstructions.length) {
      const sizes = `expected ${reconstructions.length} pixels but got ${pictures.length}`;
      throw new ModelProblem("damaged", `The recorded digits cannot be compared: ${sizes}.`);
    }
    const greatest = { latent: 0, pixel: 0 };
    const width = latents.length / count;
    for (let first = 0; first < count; first += together) {
      const last = Math.min(count, first + together);
      const slice = (values: ArrayLike<number>, each: number) =>
        Array.prototype.slice.call(values, first * each, last * each);
      const computed = this.#compute(slice(pictures, this.inputLength), last - first);
      greatest.latent = Math.max(greatest.latent, greatestDifference(computed.latent, slice(latents, width)));
      const recorded = slice(reconstructions, this.inputLength);
      greatest.pixel = Math.max(greatest.pixel, greatestDifference(computed.pixel, recorded));
      await new Promise((resolve) => setTimeout(resolve)); // a digit that is being drawn goes first
    }
    return { count, ...greatest };
  }

  #arithmetic(pass: number, stage: MapLayer) {
    return arithmeticOf(this.stages, stage, { weights: this.#weights, values: this.numbers(pass) });
  }

  /** Codes and pictures of several digits at once, of pixels from 0 to 255. */
  #compute(pictures: readonly number[], count: number) {
    return tf.tidy(() => {
      const pixels = tf.tensor(
        Float32Array.from(pictures, (value) => value / 255),
        [count, ...this.#inputShape],
      );
      const codes = this.models.encoder.predict(pixels) as tf.Tensor;
      return { latent: valuesOf(codes), pixel: valuesOf(this.models.decoder.predict(codes) as tf.Tensor) };
    });
  }
}

/** A tensor's numbers; the WASM backend copies them out of its memory. */
export function valuesOf(output: tf.Tensor | undefined): Float32Array {
  if (!output) throw new Error("expected a layer's output but there is none");
  return output.dataSync() as Float32Array;
}

function within(index: number, length: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < length;
}

function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`expected ${b.length} recorded values but got ${a.length}`);
  let greatest = 0;
  for (let index = 0; index < a.length; index++) {
    greatest = Math.max(greatest, Math.abs((a[index] as number) - (b[index] as number)));
  }
  return greatest;
}

function expectLength(what: string, { length }: Float32Array, expected: number): void {
  if (length !== expected) throw new ModelProblem("request", `Expected ${expected} ${what} but got ${length}.`);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
