import { printedShape, sizeOf } from "../../network/shapes.ts";
import type { Evidence, ParameterCounts } from "../evidence.ts";
import { decided, fromWeights, grouped, lost } from "../finding.ts";
import type { Finding, Findings, Row } from "../row.ts";

/** What goes in and comes out. */
const picture = "28 × 28 × 1";
/** Of autoencoder(x) from decoder(encoder(x)), per pixel. */
const mostDifference = 1e-4;
/** Each check's. */
const marks = 0.5;

/** Row 1: is it the network that was asked for? */
export const architecture: Row = {
  section: "Model Architecture & Summary",
  description: "Proper encoder–decoder, summary shown",
  marks: 2,
  checks: [
    {
      id: "A1",
      title: "An encoder and a decoder around a bottleneck",
      marks: 0.5,
      badge: "recomputed",
      rule: `${picture} → fewer than 784 numbers → ${picture}, and autoencoder(x) = decoder(encoder(x)) within ${mostDifference} on 16 digits`,
      why: "Without fewer numbers in the middle a network could pass its input through unchanged. The two parts are run one after the other and held against the whole; 0.0001 is far above the rounding of float32 and far below one grey level (0.004).",
      lesson: {
        chapter: "the-whole-network",
        figure: "the strip of all numbers",
        mend: "Let the encoder end in fewer numbers than pixels, the decoder begin with as many and end in 28 × 28 × 1.",
      },
    },
    {
      id: "A2",
      title: "The assigned layers",
      marks: 0.5,
      badge: "recomputed",
      rule: "kinds, order, filters or units, kernels, stride, padding and activations as assigned; the latent vector linear",
      why: "The assignment names every layer. Names do not count, because a cell that runs twice calls its layers conv2d_5 and so on; initializers do not count, because the assignment does not name any, and the cure of the collapse is an initializer.",
      lesson: {
        chapter: "the-whole-network",
        figure: "summaries, and each layer in Keras",
        mend: "Change the layers that are named here to the assigned ones and train again.",
      },
    },
    {
      id: "A3",
      title: "Parameters, counted in the tensors",
      marks: 0.5,
      badge: "recomputed",
      rule: "encoder 219,584, decoder 259,521, together 479,105, and every layer as assigned",
      why: "The counts follow from the assigned layers; they are taken from the arrays in the weight files and not from a printed table. Keras counts 1,437,317 after fit, which includes Adam’s memory: that is not a mistake.",
      lesson: {
        chapter: "counting",
        figure: "the layer table with its formulas",
        mend: "Find the layer whose count differs, put its sizes into (inputs + 1) · outputs, and set it as assigned.",
      },
    },
    {
      id: "A4",
      title: "Both summaries are shown",
      marks: 0.5,
      badge: "recomputed",
      rule: "the summaries of encoder and decoder print the parameters that the tensors hold",
      why: "A summary that belongs to another network would look just as good. Either style of Keras will do, and what the optimizer remembers is left out.",
      lesson: {
        chapter: "hand-it-in",
        figure: "the three summaries",
        mend: "Print the summaries of the very models that you save: encoder.summary(), decoder.summary().",
      },
    },
  ],
  grade: gradeArchitecture,
};

function gradeArchitecture(evidence: Evidence): Findings {
  return { A1: bottleneck(evidence), A2: layers(evidence), A3: parameters(evidence), A4: summaries(evidence) };
}

function bottleneck(evidence: Evidence): Finding {
  const { input, code, output } = evidence.architecture;
  const shapes = [input, code, output].map(printedShape).join(" → ");
  if (printedShape(input) !== picture || printedShape(output) !== picture) {
    return lost(shapes, `expected ${picture} in and out`);
  }
  if (sizeOf(code) >= sizeOf(input)) return lost(shapes, `expected fewer than ${sizeOf(input)} numbers in the middle`);
  return fromWeights(evidence, evidence.composition, { marks, of: shapes }, ({ greatest, digits }) => {
    const holds = greatest <= mostDifference;
    const off = greatest === 0 ? "0" : greatest.toExponential(1);
    const line = `${shapes}; greatest difference ${off} ${holds ? "≤" : ">"} ${mostDifference} on ${digits} digits`;
    return decided(holds, marks, { line, reason: "the whole is not its two parts, one after the other" });
  });
}

function layers({ architecture: { differences } }: Evidence): Finding {
  const count = differences.length;
  const line = count === 1 ? "1 difference from the assigned layers" : `${count} differences from the assigned layers`;
  return decided(count === 0, marks, { line, reason: differences.join("; ") });
}

function parameters(evidence: Evidence): Finding {
  const { inTensors, assigned } = evidence.architecture;
  return fromWeights(evidence, inTensors, { marks, of: "parameters of the tensors" }, (own) => {
    const holds = same(own, assigned);
    const reason = `expected ${printed(assigned)}, layer by layer ${assigned.layers.map(grouped).join(", ")}, but the tensors hold ${own.layers.map(grouped).join(", ")}`;
    const line = `${printed(own)}, ${holds ? "as assigned" : `not ${printed(assigned)}`}`;
    return decided(holds, marks, { line, reason });
  });
}

function summaries(evidence: Evidence): Finding {
  const { inTensors, inSummaries } = evidence.architecture;
  return fromWeights(evidence, inTensors, { marks, of: "summaries" }, (own) => {
    const holds = same(own, inSummaries);
    const line = `summaries print ${printed(inSummaries)}, ${holds ? "as many as the tensors hold" : `but the tensors hold ${printed(own)}`}`;
    return decided(holds, marks, { line, reason: "the summaries are of another network than the weights" });
  });
}

function same(a: ParameterCounts, b: ParameterCounts): boolean {
  return a.layers.join() === b.layers.join() && a.encoder === b.encoder;
}

function printed({ encoder, decoder }: ParameterCounts): string {
  return `${grouped(encoder)} + ${grouped(decoder)} = ${grouped(encoder + decoder)}`;
}
