import { layerSizes } from "../network/parameters.ts";
import { sizeOf } from "../network/shapes.ts";
import { type AutoencoderSpec, assignmentSpec, type LayerSpec } from "../network/spec.ts";
import { describeArchitecture } from "./architecture.ts";
import type { EpochLosses, Estimate, Evidence, Measured } from "./evidence.ts";
import { assignmentExample, exampleValidationLoss } from "./limits.ts";

/** A run as its evidence, for calibration: what the rubric makes of it is computed from it, on the page and in tests. */
export interface Fixture {
  name: string;
  evidence: Evidence;
}

const blackError = 0.1114;
const exact = (mean: number, count: number): Estimate => ({ mean, half: 0, count, total: count });
const measured = (mean: number, count: number): Measured => ({ mse: exact(mean, count), loss: exact(mean, count) });
/** Test errors with the spread between classes that healthy runs have. */
const tested = (mean: number, worst = 1.4): Evidence["test"] => ({
  ...measured(mean, 10_000),
  classes: Array.from({ length: 10 }, (_, digit) => ({ digit, mse: exact(digit === 2 ? mean * worst : mean, 1000) })),
});
const foundOf = (found: number): Evidence["found"] => ({ found, asked: 1000, total: 1000, among: 1000 });

/** A history that falls evenly on a logarithmic scale. */
function falling(
  epochs: number,
  { from, to }: Record<"from" | "to", { loss: number; valLoss: number }>,
): EpochLosses[] {
  const at = (first: number, last: number, epoch: number) =>
    first * (last / first) ** (((epoch - 1) / (epochs - 1)) ** 0.3);
  return Array.from({ length: epochs }, (_, index) => ({
    epoch: index + 1,
    loss: at(from.loss, to.loss, index + 1),
    valLoss: at(from.valLoss, to.valLoss, index + 1),
  }));
}

const plotOf = (history: readonly EpochLosses[]): Evidence["plot"] => ({
  train: history.length,
  validation: history.length,
  xName: "epoch",
  yName: "MSE over pixels in [0, 1], log scale",
  disagrees: undefined,
});

function architectureOf(spec: AutoencoderSpec) {
  const tensors = (model: AutoencoderSpec["encoder"]) =>
    layerSizes(model).flatMap(({ layer, weights }) =>
      weights.map(({ name, shape }) => ({
        name: `${layer.name}/${name}`,
        shape,
        data: new Float32Array(sizeOf(shape)),
      })),
    );
  return describeArchitecture(spec, { encoder: tensors(spec.encoder), decoder: tensors(spec.decoder) });
}

/** The evidence of a run with this history and these errors, healthy in everything else. */
function runWith(history: EpochLosses[], { validation, test }: { validation: number; test: number }): Evidence {
  return {
    architecture: architectureOf(assignmentSpec()),
    problems: {},
    history,
    loss: "mse",
    leastLoss: { training: 0, validation: 0 },
    baselines: { components: 64, pcaValidation: 0.00797, pcaTest: 0.00783, black: blackError },
    plot: plotOf(history),
    composition: { digits: 16, greatest: 0 },
    validation: measured(validation, 6000),
    test: tested(test),
    found: foundOf(1000),
    picture: { digits: 10, originals: 0, reconstructions: 0.004, selection: "the first of each class" },
    blocked: undefined,
  };
}

const healthyHistory = falling(20, { from: { loss: 0.0207, valLoss: 0.0075 }, to: { loss: 0.002, valLoss: 0.00221 } });
const healthy = runWith(healthyHistory, { validation: 0.00221, test: 0.00213 });

/** The assignment prints three epochs; between them the losses fall evenly on a logarithmic scale. */
const [first, tenth, last] = assignmentExample;
const exampleHistory = [
  ...falling(10, { from: first, to: tenth }),
  ...falling(11, { from: tenth, to: last })
    .slice(1)
    .map((record) => ({ ...record, epoch: record.epoch + 9 })),
];

const scaled = (history: readonly EpochLosses[], factor: number): EpochLosses[] =>
  history.map(({ epoch, loss, valLoss }) => ({
    epoch,
    loss: (loss as number) * factor,
    valLoss: (valLoss as number) * factor,
  }));

const flat = Array.from({ length: 20 }, (_, index) => ({ epoch: index + 1, loss: 0.1121, valLoss: blackError }));

function edited(history: readonly EpochLosses[]): EpochLosses[] {
  return history.map((record) =>
    record.epoch === 20 ? { ...record, valLoss: (record.valLoss as number) * 0.9 } : record,
  );
}

const { encoder, decoder } = assignmentSpec();
const relu = (layer: LayerSpec): LayerSpec => (layer.className === "Dense" ? { ...layer, activation: "relu" } : layer);
const mixed = { ...healthy, validation: measured(0.09, 6000), test: tested(0.09), found: foundOf(20) };

/** The runs that the rubric was calibrated with. */
export const fixtures: readonly Fixture[] = [
  { name: "healthy", evidence: healthy },
  {
    name: "exactly the assignment’s example figures",
    evidence: runWith(exampleHistory, { validation: exampleValidationLoss, test: exampleValidationLoss }),
  },
  {
    name: "short of it: V = test = 0.0070",
    evidence: runWith(scaled(healthyHistory, 0.007 / 0.00221), { validation: 0.007, test: 0.007 }),
  },
  {
    name: "12 epochs, V = 0.0026",
    evidence: runWith(falling(12, { from: { loss: 0.0207, valLoss: 0.0075 }, to: { loss: 0.0024, valLoss: 0.0026 } }), {
      validation: 0.0026,
      test: 0.0025,
    }),
  },
  {
    name: "collapsed, 20 epochs",
    evidence: {
      ...runWith(flat, { validation: blackError, test: 0.114 }),
      test: tested(0.114, 1.32),
      found: foundOf(1),
    },
  },
  {
    name: "untrained",
    evidence: { ...runWith([], { validation: 0.231, test: 0.231 }), plot: undefined, found: foundOf(1) },
  },
  {
    name: "a code of 32, otherwise healthy",
    evidence: {
      ...healthy,
      architecture: architectureOf(assignmentSpec({ latent: 32 })),
      baselines: { ...healthy.baselines, components: 32, pcaValidation: 0.0154, pcaTest: 0.0152 },
    },
  },
  {
    name: "ReLU on the latent vector, otherwise healthy",
    evidence: {
      ...healthy,
      architecture: architectureOf({ encoder: { ...encoder, layers: encoder.layers.map(relu) }, decoder }),
    },
  },
  {
    name: "the decoder’s first convolution missing, otherwise healthy",
    evidence: {
      ...healthy,
      architecture: architectureOf({
        encoder,
        decoder: { ...decoder, layers: decoder.layers.filter(({ name }) => name !== "conv2d_2") },
      }),
    },
  },
  {
    name: "encoder of one run, decoder of another",
    evidence: {
      ...mixed,
      picture: { digits: 10, originals: 0, reconstructions: 0.9, selection: "the first of each class" },
    },
  },
  { name: "last validation loss edited by 10 %", evidence: { ...healthy, history: edited(healthyHistory) } },
  {
    name: "loss_curve.png missing",
    evidence: { ...healthy, problems: { "loss_curve.png": "loss_curve.png is missing" } },
  },
  {
    name: "reconstructions.png altered",
    evidence: {
      ...healthy,
      problems: { "reconstructions.png": "reconstructions.png has another SHA-256 than run.json says" },
    },
  },
  {
    name: "a history invented whole, ending at the true V",
    evidence: runWith(falling(20, { from: { loss: 0.05, valLoss: 0.009 }, to: { loss: 0.0021, valLoss: 0.00221 } }), {
      validation: 0.00221,
      test: 0.00213,
    }),
  },
];
