import { filmBins, logit, readTable, tensor, writeTable } from "@autoencoder/model";
import { findRecipe } from "@autoencoder/model/recipes";
import { filmTensors } from "@autoencoder/model/run";
import { type Autoencoder, buildAutoencoder, freshWeights, setWeights } from "@autoencoder/model/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startWasm } from "../engines/wasm-backend.ts";
import { Film, isFilmStep } from "./film.ts";

describe("the film of a training", () => {
  const recipe = findRecipe("assignment");
  let models: Autoencoder;
  let at = 0;
  const random = () => (at = (at + 0.377) % 1);
  const probe = Float32Array.from({ length: 3 * 784 }, () => (random() < 0.3 ? 0.9 : 0));
  const film = new Film({ recipe, digits: probe.subarray(784), probe, size: 784 });
  beforeAll(async () => {
    await startWasm();
    models = buildAutoencoder(recipe.spec);
    setWeights(models.autoencoder, freshWeights(recipe.spec, { random, outputBias: -1.9 }));
    for (const step of [0, 65, 66]) await film.take(models, step);
  });
  const row = (name: string) => Array.from(tensor(film.tensors(), name).data);

  it("has a frame of each of the first 64 steps, five in each doubling after them, and none twice", () => {
    const steps = Array.from({ length: 8441 }, (_, step) => step).filter(isFilmStep);
    expect(steps.slice(0, 70)).toEqual([...Array.from({ length: 65 }, (_, step) => step), 74, 84, 97, 111, 128]);
    expect(steps.length).toBe(100);
    expect(row(filmTensors.step)).toEqual([0]); // 65 and 66 have none
  });

  it("shows the pictures that the network makes, as bytes", () => {
    const outputs = models.autoencoder.predict(tf.tensor(probe.subarray(784), [2, 28, 28, 1])) as tf.Tensor;
    const bytes = Array.from(outputs.dataSync(), (value) => Math.round(value * 255));
    expect(tensor(film.tensors(), filmTensors.reconstructions).shape).toEqual([1, 2, 784]);
    const off = row(filmTensors.reconstructions).map((byte, at) => Math.abs(byte - bytes[at]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
  });

  it("counts the sums behind its pictures' pixels, those of ink and those of black apart", () => {
    const outputs = (models.autoencoder.predict(tf.tensor(probe, [3, 28, 28, 1])) as tf.Tensor).dataSync();
    const sums = Array.from(outputs, logit);
    for (const [name, mean, isOf] of [
      [filmTensors.ink, filmTensors.inkMean, (value: number) => value > 0.5],
      [filmTensors.black, filmTensors.blackMean, (value: number) => value <= 0.5],
    ] as const) {
      const own = sums.filter((_, pixel) => isOf(probe[pixel]!));
      const counts = row(name);
      expect(counts.length).toBe(filmBins.inside + 2);
      expect(counts.reduce((total, count) => total + count, 0)).toBe(own.length);
      const width = (filmBins.to - filmBins.from) / filmBins.inside;
      // A sum on the edge of a bin may fall on either side when it is taken back from a pixel.
      const place = (sum: number) => 1 + Math.floor((sum - filmBins.from) / width);
      const off = counts.reduce(
        (total, count, bin) => total + Math.abs(count - own.filter((sum) => place(sum) === bin).length),
        0,
      );
      expect(off).toBeLessThanOrEqual(4);
      expect(row(mean)[0]).toBeCloseTo(own.reduce((total, sum) => total + sum, 0) / own.length, 4);
    }
  });

  it("has the norm of each layer's gradient, kernel and bias together", () => {
    const batch = tf.tensor(probe, [3, 28, 28, 1]);
    const variables = models.autoencoder.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const { grads } = tf.variableGrads(
      () =>
        tf.mean(
          tf.squaredDifference(models.autoencoder.apply(batch, { training: true }) as tf.Tensor, batch),
        ) as tf.Scalar,
      variables,
    );
    const squares = variables.map(({ name }) => tf.sum(tf.square(grads[name] as tf.Tensor)).dataSync()[0] as number);
    const norms = [0, 2, 4, 6, 8, 10, 12].map((kernel) => Math.sqrt(squares[kernel]! + squares[kernel + 1]!));
    expect(film.metadata.filmLayers).toBe("conv2d conv2d_1 latent_vector dense conv2d_2 conv2d_3 conv2d_4");
    const ratios = row(filmTensors.gradientNorms).map((norm, layer) => norm / norms[layer]!);
    for (const ratio of ratios) expect(ratio).toBeCloseTo(1, 4);
    expect(ratios).toHaveLength(7);
  });

  it("goes on from its bytes, up to the step at which a run goes on", async () => {
    const again = new Film({ recipe, digits: probe.subarray(784), probe, size: 784 });
    again.restore(readTable(writeTable(film.tensors())), 5);
    expect(again.tensors()).toEqual(film.tensors());
    const none = new Film({ recipe, digits: probe, probe, size: 784 });
    none.restore({}, 5);
    expect(none.tensors()).toEqual({});
  });
});
