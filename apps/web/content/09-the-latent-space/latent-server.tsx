import { mnistChecksums } from "@autoencoder/data";
import { layerValues, type MapLayer, modelOutputShape, sizeOf } from "@autoencoder/model";
import { choleskyFactor, momentsOf, principalComponents } from "@autoencoder/model/pca";
import { type Run, runPaths } from "@autoencoder/model/run";
import { Agreement, Keypad, LatentMap, Samplers, Walk } from "../../src/features/chapter/lazy.ts";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { encodeFloats } from "../../src/features/digit/encoding.ts";
import type { RunSource } from "../../src/features/run/run-source.ts";
import { testDigitInside } from "../../src/server/inside.ts";
import { mnist } from "../../src/server/mnist.ts";
import { oncePerNetwork } from "../../src/server/once.ts";
import { testCodes } from "../../src/server/statistics/codes.ts";
import { sameClassNeighbours } from "../../src/server/statistics/run-statistics.ts";
import { compareRotated } from "./rotate.ts";

/** Codes of the test digits, with what figures need of them. */
const codesOf = oncePerNetwork(async (run) => {
  const { values: codes, width } = await testCodes(run);
  const { mean, covariance } = momentsOf(codes, width);
  const columns = Array.from({ length: width }, (_, column) =>
    Float32Array.from({ length: codes.length / width }, (_, row) => codes[row * width + column] as number).sort(),
  );
  const percentile = (part: number) =>
    Float32Array.from(columns, (values) => values[Math.round(part * (values.length - 1))] as number);
  const deviation = Float32Array.from(mean, (_, at) => Math.sqrt(covariance[at * width + at] as number));
  return {
    codes,
    width,
    spread: {
      mean: encodeFloats(Float32Array.from(mean)),
      deviation: encodeFloats(deviation),
      low: encodeFloats(percentile(0.01)),
      high: encodeFloats(percentile(0.99)),
      lower: encodeFloats(Float32Array.from(choleskyFactor(covariance, width))),
    },
  };
});

export async function KeypadFor({ run }: { run: Run }) {
  return <Keypad spread={(await codesOf(run)).spread} />;
}

export async function SamplersFor({ run }: { run: Run }) {
  return <Samplers spread={(await codesOf(run)).spread} />;
}

/** Walks between the first recorded sample of each class. */
export async function WalkFor({ source }: { source: RunSource }) {
  const samples = await source.samples();
  const ends = [...new Set(samples.labels)].map((label) => {
    const sample = samples.labels.indexOf(label);
    const part = (values: Float32Array) => {
      const each = values.length / samples.count;
      return encodeFloats(values.slice(sample * each, (sample + 1) * each));
    };
    return {
      label,
      latent: part(samples.latents),
      pixels: part(samples.originals),
      reconstruction: part(samples.reconstructions),
    };
  });
  return <Walk ends={ends} run={source.run.name} />;
}

/** The codes along the two directions in which they vary most: int16 pairs, the farthest at ±32000. */
const pcaOf = oncePerNetwork(async (run) => {
  const { codes, width } = await codesOf(run);
  const { mean, axes, variances, totalVariance } = principalComponents(codes, width, 2);
  const count = codes.length / width;
  const projected = Float64Array.from({ length: 2 * count }, (_, at) => {
    const [row, axis] = [Math.floor(at / 2), axes[at % 2] as Float64Array];
    return axis.reduce(
      (sum, value, column) => sum + value * ((codes[row * width + column] as number) - (mean[column] as number)),
      0,
    );
  });
  const greatest = projected.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const places = Int16Array.from(projected, (value) => Math.round((value / greatest) * 32000));
  return { places, share: ((variances[0] as number) + (variances[1] as number)) / totalVariance, count };
});

export async function LatentMapFor({ run }: { run: Run }) {
  const { places, share, count } = await pcaOf(run);
  const { test } = await mnist();
  return (
    <LatentMap
      run={run.name}
      seeds={run.files.some(({ path }) => path === runPaths.projections) ? [1, 2, 3] : []}
      points={Buffer.from(places.buffer).toString("base64")}
      labels={Buffer.from(test.labels.subarray(0, count)).toString("base64")}
      share={share}
      pictures={`/data/${mnistChecksums["t10k-images-idx3-ubyte"]}/test/`}
    />
  );
}

/** The first test digit through the network and through its rotated twin. */
const rotatedOf = oncePerNetwork(async (run) => {
  const { stages, weights, all } = await testDigitInside(run, 0);
  return compareRotated(stages, weights, layerValues(all, stages[0] as MapLayer).slice(), 1);
});

export async function AskRotate({ run }: { run: Run }) {
  const { changed, greatest, latent } = await rotatedOf(run);
  const options = ["none", "about half", "all, or nearly"];
  return (
    <Question
      id="latent-rotate"
      prompt={`Turn the ${latent.length} numbers by a random rotation, and turn the decoder’s first layer back. How many bars change?`}
      options={options}
      answer={changed < latent.length / 4 ? 0 : changed < (latent.length * 3) / 4 ? 1 : 2}
    >
      <p>
        {changed} of {latent.length} change by more than 0.01, and no pixel of the picture by more than{" "}
        {greatest.toExponential(0).replace("-", "−")}. Nothing in the training prefers one of these codes to the other,
        so no single value “is” the slant or the width of a digit.
      </p>
    </Question>
  );
}

/** Label agreement of neighbours among the codes, and among random sums of the pixels. */
export async function AskNeighbours({ run }: { run: Run }) {
  const found = await sameClassNeighbours(run).catch((error: Error) => error);
  if (found instanceof Error) {
    return (
      <p className="notice" role="note">
        {found.message}
      </p>
    );
  }
  const { asked, among, code, random } = found;
  const width = sizeOf(modelOutputShape(run.spec.encoder));
  const share = (random / asked) * 100;
  const options = [10, 50, 75, 90];
  return (
    <Question
      id="latent-neighbours"
      prompt={`Take ${width} random sums of the pixels instead of the code: numbers that learned nothing. How often is the nearest other digit of the same class?`}
      options={options.map((share) => `in about ${share} %`)}
      answer={nearestOption(options, share, "difference")}
    >
      <p data-part="agreement">
        In {share.toFixed(1)} % of {asked} test digits, looked for among {among.toLocaleString("en")} others. With the
        run’s code: {((code / asked) * 100).toFixed(1)} %. Nearby pictures have nearby numbers, learned or not.
      </p>
      <Agreement
        run={run.name}
        asked={asked}
        rows={[
          { name: `${width} random sums`, same: random },
          { name: "the run’s code", same: code },
        ]}
        width={width}
      />
    </Question>
  );
}
