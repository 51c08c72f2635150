import { type AutoencoderSpec, layerShapes, modelOutputShape, readTable, sizeOf, tensor } from "@autoencoder/model";
import { type Autoencoder, activations, buildAutoencoder, readWeights, setWeights } from "@autoencoder/model/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { fetchFile } from "./fetch-file.ts";
import type { ModelSource, RemoteFile } from "./messages.ts";
import { ModelProblem } from "./model-problem.ts";

/** Digits that `verify` computes together: few, so that nobody who draws waits for them. */
const together = 10;

/** A loaded network. It keeps every layer's output of the last digit, so that further questions cost no second pass. */
export class Network {
  readonly #models: Autoencoder;
  readonly #inputShape: readonly number[];
  readonly latentLength: number;
  /** Bytes that were fetched. */
  readonly bytes: number;
  #outputs = new Map<string, tf.Tensor>();

  private constructor(models: Autoencoder, spec: AutoencoderSpec, bytes: number) {
    this.#models = models;
    this.#inputShape = layerShapes(spec.encoder)[0] ?? [];
    this.latentLength = sizeOf(modelOutputShape(spec.encoder));
    this.bytes = bytes;
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
      setWeights(models.encoder, readWeights(text(encoderJson), encoderBin));
      setWeights(models.decoder, readWeights(text(decoderJson), decoderBin));
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      return new Network(models, source.spec, bytes);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ModelProblem("damaged", `The run ${source.run} does not open: ${reason}.`, { cause });
    }
  }

  /** Pixels of one digit. */
  get inputLength(): number {
    return sizeOf(this.#inputShape);
  }

  /** One forward pass through both parts; its layers' outputs stay until the next. */
  run(pixels: Float32Array): { latent: Float32Array; reconstruction: Float32Array } {
    expectLength("pixels", pixels, this.inputLength);
    const outputs = new Map<string, tf.Tensor>();
    tf.tidy(() => {
      const encoded = activations(this.#models.encoder, tf.tensor(pixels, [1, ...this.#inputShape]));
      const code = [...encoded.values()].at(-1) as tf.Tensor;
      for (const [name, output] of [...encoded, ...activations(this.#models.decoder, code)]) {
        outputs.set(name, tf.keep(output));
      }
    });
    for (const output of new Set(this.#outputs.values())) output.dispose();
    this.#outputs = outputs;
    return {
      latent: values(outputs.get(this.#models.encoder.layers.at(-1)?.name ?? "")),
      reconstruction: values(outputs.get(this.#models.decoder.layers.at(-1)?.name ?? "")),
    };
  }

  /** The picture that the decoder paints from a code. */
  decode(latent: Float32Array): Float32Array {
    expectLength("latent values", latent, this.latentLength);
    return tf.tidy(() => values(this.#models.decoder.predict(tf.tensor(latent, [1, latent.length])) as tf.Tensor));
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

  /** Codes and pictures of several digits at once, of pixels from 0 to 255. */
  #compute(pictures: readonly number[], count: number) {
    return tf.tidy(() => {
      const pixels = tf.tensor(
        Float32Array.from(pictures, (value) => value / 255),
        [count, ...this.#inputShape],
      );
      const codes = this.#models.encoder.predict(pixels) as tf.Tensor;
      return { latent: values(codes), pixel: values(this.#models.decoder.predict(codes) as tf.Tensor) };
    });
  }
}

function values(output: tf.Tensor | undefined): Float32Array {
  if (!output) throw new Error("expected a layer's output but there is none");
  return output.dataSync() as Float32Array; // the WASM backend copies out of its memory
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
