import type { Binding } from "./binding.ts";
import type { Graph } from "./graph.ts";
import { rewrite } from "./rewrite.ts";
import { upsampledConvolution } from "./upsampled-convolution.ts";

/** The same graph in the forms that measured faster; docs/performance.md has the figures, and what did not help. */
export function fasterForms(graph: Graph, binding: Binding): Graph {
  return rewrite(graph, upsampledConvolution, binding);
}
