import { printedShape, sizeOf } from "../network/shapes.ts";
import type { Evidence, ParameterCounts } from "./evidence.ts";
import { decided, type Finding, fromWeights, lost, whole } from "./finding.ts";
import { thresholds } from "./rubric.ts";

const marks = 0.5;

/** Row 1: is it the network that was asked for? */
export function gradeArchitecture(evidence: Evidence): Record<"A1" | "A2" | "A3" | "A4", Finding> {
  return { A1: bottleneck(evidence), A2: layers(evidence), A3: parameters(evidence), A4: summaries(evidence) };
}

function bottleneck(evidence: Evidence): Finding {
  const { input, code, output } = evidence.architecture;
  const shapes = [input, code, output].map(printedShape).join(" → ");
  const picture = "28 × 28 × 1";
  if (printedShape(input) !== picture || printedShape(output) !== picture) {
    return lost(shapes, `expected ${picture} in and out`);
  }
  if (sizeOf(code) >= sizeOf(input)) return lost(shapes, `expected fewer than ${sizeOf(input)} numbers in the middle`);
  return fromWeights(evidence, evidence.composition, { marks, of: shapes }, ({ greatest, digits }) => {
    const holds = greatest <= thresholds.composition;
    const off = greatest === 0 ? "0" : greatest.toExponential(1);
    const line = `${shapes}; greatest difference ${off} ${holds ? "≤" : ">"} 0.0001 on ${digits} digits`;
    return decided(holds, marks, { line, reason: "the whole is not its two parts, one after the other" });
  });
}

function layers({ architecture: { differences } }: Evidence): Finding {
  const count = differences.length;
  const line = count === 1 ? "1 difference from the assigned layers" : `${count} differences from the assigned layers`;
  return decided(count === 0, marks, { line, reason: differences.join("; ") });
}

function parameters(evidence: Evidence): Finding {
  const { counted, assigned } = evidence.architecture;
  return fromWeights(evidence, counted, { marks, of: "parameters of the tensors" }, (own) => {
    const holds = same(own, assigned);
    const reason = `expected ${printed(assigned)}, layer by layer ${assigned.layers.map(whole).join(", ")}, but the tensors hold ${own.layers.map(whole).join(", ")}`;
    const line = `${printed(own)}, ${holds ? "as assigned" : `not ${printed(assigned)}`}`;
    return decided(holds, marks, { line, reason });
  });
}

function summaries(evidence: Evidence): Finding {
  const { counted, summarized } = evidence.architecture;
  return fromWeights(evidence, counted, { marks, of: "summaries" }, (own) => {
    const holds = same(own, summarized);
    const line = `summaries print ${printed(summarized)}, ${holds ? "as many as the tensors hold" : `but the tensors hold ${printed(own)}`}`;
    return decided(holds, marks, { line, reason: "the summaries are of another network than the weights" });
  });
}

function same(a: ParameterCounts, b: ParameterCounts): boolean {
  return a.layers.join() === b.layers.join() && a.encoder === b.encoder;
}

function printed({ encoder, decoder }: ParameterCounts): string {
  return `${whole(encoder)} + ${whole(decoder)} = ${whole(encoder + decoder)}`;
}
