export { convolutionFilterGradient, convolutionInputGradient } from "./convolution.ts";
export { registerFastGradients } from "./fast.ts";
export { upSampledConvolution } from "./sub-pixel.ts";
export { registerWasmGradients } from "./wasm/register.ts";
