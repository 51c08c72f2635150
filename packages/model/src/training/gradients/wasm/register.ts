import * as tf from "@tensorflow/tfjs-core";
import { convolutionFilterGradient, convolutionInputGradient, isPlainConvolution } from "../convolution.ts";
import { oneChannelFilterGradient, registerFasterKernels, registerPhaseKernels } from "./kernels.ts";

/**
 * Registers what the WASM backend needs in order to train: both convolution gradients as kernels, and what is faster than
 * tfjs's own. `Conv2DBackpropFilter` is missing there; the stock `Conv2DBackpropInput` is replaced. Other strides, dilations
 * and layouts get a clear error. Does nothing the second time.
 */
export function registerWasmGradients(): void {
  if (tf.getKernel("Conv2DBackpropFilter", "wasm")) return;
  registerFasterKernels();
  registerPhaseKernels();
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, dy } = tensors(inputs) as { x: tf.Tensor4D; dy: tf.Tensor4D };
      const [height, width] = (attrs as unknown as tf.Conv2DBackpropFilterAttrs).filterShape;
      const of = { kernelSize: [height, width] as const, padding: plain(attrs, [height, width]) };
      return oneChannelFilterGradient({ x, dy }, of, backend) ?? tf.tidy(() => convolutionFilterGradient(x, dy, of));
    },
  });
  tf.unregisterKernel("Conv2DBackpropInput", "wasm");
  tf.registerKernel({
    kernelName: "Conv2DBackpropInput",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => {
      const { dy, filter } = tensors(inputs);
      const pad = plain(attrs, [filter!.shape[0], filter!.shape[1]]);
      return tf.tidy(() => convolutionInputGradient(dy!, filter!, pad));
    },
  });
}

function tensors(inputs: tf.NamedTensorInfoMap): Record<string, tf.Tensor4D | undefined> {
  return inputs as unknown as Record<string, tf.Tensor4D>;
}

function plain(attrs: tf.NamedAttrMap | undefined, kernelSize: [number, number]): "same" | "valid" {
  const convolution = attrs as unknown as tf.Conv2DAttrs;
  if (isPlainConvolution(convolution, kernelSize)) return convolution.pad as "same" | "valid";
  const { strides, dilations, pad } = convolution;
  throw new Error(
    `convolution gradient on wasm: expected stride 1, no dilation and padding same or valid but got ` +
      `${JSON.stringify({ strides, dilations, pad, kernelSize })}; train on the native engine`,
  );
}
