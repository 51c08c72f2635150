import { floatsOf } from "@autoencoder/data";
import {
  type AutoencoderSpec,
  type Bends,
  backward,
  countValues,
  forwardWithout,
  layerValues,
  type MapLayer,
  mapLayerNamed,
  mapLayersOf,
  readTable,
  readWeights,
  sizeOf,
  tensor,
  type WeightsByName,
} from "@autoencoder/model";
import { type Autoencoder, activations, buildAutoencoder, setWeights } from "@autoencoder/model/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { fetchFile } from "./fetch-file.ts";
import { ModelProblem } from "./model-problem.ts";
import type { NetworkFiles, RemoteFile } from "./procedures.ts";
import type { Step } from "./serve.ts";

/** Digits of one piece of `verify`: few, so that nobody who draws waits for them. */
const batchSize = 10;

/**
 * A loaded network. It keeps all numbers of the last digit, so that whatever is asked about them costs no second pass.
 */
export class Network {
  readonly models: Autoencoder;
  readonly layers: readonly MapLayer[];
  /** Bytes that were fetched. */
  readonly bytes: number;
  readonly #inputShape: readonly number[];
  readonly #weights: WeightsByName;
  /** The numbers of all layers for the digit of the last pass. */
  #numbers: Float32Array;
  #pass = -1;

  private constructor(models: Autoencoder, spec: AutoencoderSpec, loaded: { weights: WeightsByName; bytes: number }) {
    this.models = models;
    this.layers = mapLayersOf(spec);
    this.#inputShape = this.layers[0]?.sizes.output ?? [];
    this.#weights = loaded.weights;
    this.bytes = loaded.bytes;
    this.#numbers = new Float32Array(countValues(this.layers));
  }

  /**
   * Fetches, checks and builds; the files travel while the backend starts.
   * @throws ModelProblem
   */
  static async open(files: NetworkFiles, backend: Promise<void>): Promise<Network> {
    const { encoder, decoder } = files;
    const [encoderJson, encoderBin, decoderJson, decoderBin] = await Promise.all([
      fetchFile(encoder.model),
      fetchFile(encoder.weights),
      fetchFile(decoder.model),
      fetchFile(decoder.weights),
      backend,
    ]);
    try {
      const models = buildAutoencoder(files.spec);
      const parts = {
        encoder: readWeights(text(encoderJson), encoderBin),
        decoder: readWeights(text(decoderJson), decoderBin),
      };
      setWeights(models.encoder, parts.encoder);
      setWeights(models.decoder, parts.decoder);
      const weights = new Map([...parts.encoder, ...parts.decoder].map(({ name, data }) => [name, data]));
      const bytes = [encoderJson, encoderBin, decoderJson, decoderBin].reduce((sum, { length }) => sum + length, 0);
      return new Network(models, files.spec, { weights, bytes });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ModelProblem("damaged", `The run ${files.run} does not open: ${reason}.`, { cause });
    }
  }

  /** Pixels of one digit. */
  get inputLength(): number {
    return sizeOf(this.#inputShape);
  }
  get inputShape(): readonly number[] {
    return this.#inputShape;
  }

  /**
   * One forward pass through both parts; its numbers stay until the next.
   * @param pass names the digit in what is asked about it afterwards
   * @returns the numbers of all layers, which the network keeps: copy what is given away
   */
  run(pixels: Float32Array, pass: number): Float32Array {
    expectLength("pixels", pixels, this.inputLength);
    const numbers = new Float32Array(this.#numbers.length);
    tf.tidy(() => {
      const encoded = activations(this.models.encoder, tf.tensor(pixels, [1, ...this.#inputShape]));
      const code = [...encoded.values()].at(-1) as tf.Tensor;
      const decoded = activations(this.models.decoder, code);
      for (const layer of this.layers) {
        const output = encoded.get(layer.name) ?? decoded.get(layer.name);
        layerValues(numbers, layer).set(valuesOf(output));
      }
    });
    this.#numbers = numbers;
    this.#pass = pass;
    return numbers;
  }

  /** The numbers of a digit that was passed. @throws ModelProblem when another digit has taken its place */
  numbers(pass: number): Float32Array {
    if (pass === this.#pass) return this.#numbers;
    throw new ModelProblem("superseded", "A newer digit took this one's place.");
  }

  /** How many digits some pictures are. @throws ModelProblem where they are not one whole digit or more */
  digits(pictures: Uint8Array): number {
    const count = pictures.length / this.inputLength;
    if (count >= 1 && Number.isInteger(count)) return count;
    const expected = `Expected pictures of ${this.inputLength} pixels each`;
    throw new ModelProblem("request", `${expected} but got ${pictures.length} pixels in all.`);
  }

  layer(name: string): MapLayer {
    try {
      return mapLayerNamed(this.layers, name);
    } catch (cause) {
      throw new ModelProblem("request", `This network has no such layer: ${(cause as Error).message}.`, { cause });
    }
  }

  /** A layer's weights; empty where it has none. */
  weights(name: string): { kernel: Float32Array; bias: Float32Array } {
    const { name: of } = this.layer(name);
    const weight = (kind: string) => this.#weights.get(`${of}/${kind}`) ?? new Float32Array(0);
    return { kernel: weight("kernel"), bias: weight("bias") };
  }

  /** What the last layer makes of a digit when some of the network's bends are taken away. @param pixels [784] */
  rebuildWithout(bends: Bends, pixels: Float32Array): Float32Array {
    const numbers = forwardWithout(bends, this.layers, { weights: this.#weights, pixels });
    return layerValues(numbers, this.layers.at(-1) as MapLayer);
  }

  /**
   * How one rebuilt pixel answers to every pixel of the input: the gradient ∂ŷ(row, column)/∂x at this digit.
   * @throws ModelProblem
   */
  influence(pass: number, { row, column }: { row: number; column: number }): Float32Array {
    const layer = this.layers.at(-1) as MapLayer;
    const [height, width] = layer.shape;
    expectPlace("row", row, height);
    expectPlace("column", column, width);
    const digit = { weights: this.#weights, values: this.numbers(pass) };
    const gradients = backward(this.layers, digit, { layer, place: { row, column, channel: 0 } });
    return layerValues(gradients, this.layers[0] as MapLayer).slice();
  }

  /** The layer that holds the code. */
  get code(): MapLayer {
    return this.layers.find(({ part }) => part === "code") as MapLayer;
  }

  /** The pictures that the decoder paints from codes, one code after the other. */
  decode(latents: Float32Array): Float32Array {
    const width = this.code.values;
    if (latents.length % width !== 0 || latents.length === 0) expectLength("latent values", latents, width);
    const codes = [latents.length / width, width];
    return tf.tidy(() => valuesOf(this.models.decoder.predict(tf.tensor(latents, codes)) as tf.Tensor));
  }

  /** What the decoder makes of a code: the code itself and the numbers of all layers after it. */
  decodeThrough(latent: Float32Array): Float32Array {
    expectLength("latent values", latent, this.code.values);
    const first = this.code.offset;
    const numbers = new Float32Array(countValues(this.layers) - first);
    numbers.set(latent);
    tf.tidy(() => {
      const decoded = activations(this.models.decoder, tf.tensor(latent, [1, latent.length]));
      for (const { name, offset } of this.layers.slice(this.code.index + 1)) {
        numbers.set(valuesOf(decoded.get(name)), offset - first);
      }
    });
    return numbers;
  }

  /** Greatest differences from the trainer's recorded codes and pictures of the same digits. @throws ModelProblem */
  async verify(samples: RemoteFile, pictures: Uint8Array, step: Step) {
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
    for (let first = 0; first < count; first += batchSize) {
      const last = Math.min(count, first + batchSize);
      const some = pictures.subarray(first * this.inputLength, last * this.inputLength);
      const computed = this.#compute(floatsOf(some), last - first);
      greatest.latent = Math.max(
        greatest.latent,
        greatestDifference(computed.latent, latents.subarray(first * width, last * width)),
      );
      const recorded = reconstructions.subarray(first * this.inputLength, last * this.inputLength);
      greatest.pixel = Math.max(greatest.pixel, greatestDifference(computed.pixel, recorded));
      await step(last / count);
    }
    return { count, ...greatest };
  }

  /** Codes and pictures of several digits at once. */
  #compute(pixels: Float32Array, count: number) {
    return tf.tidy(() => {
      const inputs = tf.tensor(pixels, [count, ...this.#inputShape]);
      const codes = this.models.encoder.predict(inputs) as tf.Tensor;
      return { latent: valuesOf(codes), pixel: valuesOf(this.models.decoder.predict(codes) as tf.Tensor) };
    });
  }
}

/** A tensor's numbers; the WASM backend copies them out of its memory. */
export function valuesOf(output: tf.Tensor | undefined): Float32Array {
  if (!output) throw new Error("expected a layer's output but there is none");
  return output.dataSync() as Float32Array;
}

function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`expected ${b.length} recorded values but got ${a.length}`);
  let greatest = 0;
  for (let index = 0; index < a.length; index++) {
    greatest = Math.max(greatest, Math.abs((a[index] as number) - (b[index] as number)));
  }
  return greatest;
}

/** @throws ModelProblem where there are more or fewer */
export function expectLength(what: string, { length }: Float32Array, expected: number): void {
  if (length !== expected) throw new ModelProblem("request", `Expected ${expected} ${what} but got ${length}.`);
}

/** @throws ModelProblem where there is no such row, column or map */
export function expectPlace(what: string, at: number, count: number): void {
  if (at >= 0 && at < count) return;
  throw new ModelProblem("request", `Expected a ${what} from 0 to ${count - 1} but got ${at}.`);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
