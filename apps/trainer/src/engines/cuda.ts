import { execFileSync } from "node:child_process";
import { probeAddon, startAddon } from "../native/addon.ts";
import type { Engine, Probe } from "./engine.ts";

/** TensorFlow's CUDA library through tfjs-node-gpu's addon. It computes on the GPU or not at all. */
export const cuda: Engine = {
  name: "cuda",
  probe(): Probe {
    const addon = probeAddon("cuda");
    if (!addon.available) return addon;
    return gpuName() ? addon : { available: false, reason: "nvidia-smi finds no GPU" };
  },
  async start(options) {
    // GPUs since Ampere round the factors of float32 products to 10 bits (TF32) unless NVIDIA's libraries are told not to.
    process.env.NVIDIA_TF32_OVERRIDE ??= "0";
    const { usesGpu, versions, oneDnn, graph } = await startAddon(options);
    if (!usesGpu) {
      throw new Error(
        "engine cuda: expected TensorFlow to compute on a GPU but it found none it can use; " +
          "check the driver with nvidia-smi, or train with --engine native",
      );
    }
    return { name: "cuda", device: gpuName() ?? "NVIDIA GPU", versions, oneDnn, graph, workers: 1 };
  },
};

function gpuName(): string | undefined {
  try {
    const names = execFileSync("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader"], { encoding: "utf8" });
    return names.split("\n")[0]?.trim() || undefined;
  } catch {
    return undefined;
  }
}
