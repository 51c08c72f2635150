export { lastLayer, type SumsFrame, sumsFrame } from "./last-layer.ts";
export { layerNorms } from "./layer-norms.ts";
