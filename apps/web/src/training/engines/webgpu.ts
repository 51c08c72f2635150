import { registerFastGradients } from "@autoencoder/model/gradients";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { type Engine, refuseSoftware } from "./engine.ts";
import { Guard } from "./guard.ts";

/** tfjs's WebGPU backend on a device of our own: in float32 alone, and watched. docs/decisions/0019 has why so. */
export const webgpu: Engine = {
  name: "webgpu",
  probe: () =>
    gpu() ? { available: true } : { available: false, reason: "WebGPU is not used: this browser has none here." },
  async start(options) {
    const adapter = await gpu()?.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) throw new Error("WebGPU is not used: the browser finds no graphics chip for it.");
    const { info } = adapter;
    const device = nameOf(info);
    refuseSoftware("webgpu", info.isFallbackAdapter ? `software: ${device}` : device, options);
    const guard = new Guard(options.onLost);
    const opened = await open(adapter, guard);
    tf.removeBackend("webgpu"); // tfjs registers one that opens a device with features of its choice
    tf.registerBackend("webgpu", () => guard.watch(new WebGPUBackend(opened, info)));
    if (!(await tf.setBackend("webgpu"))) throw new Error("WebGPU is not used: it did not start in this browser.");
    registerFastGradients();
    return { name: "webgpu", device };
  },
};

const gpu = () => (navigator as { gpu?: GPU }).gpu;

/** Limits that tfjs's kernels need higher than WebGPU promises everywhere. */
const limits = [
  "maxBufferSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupsPerDimension",
  "maxComputeWorkgroupStorageSize",
  "maxStorageBufferBindingSize",
] as const;

/** Without any feature: without `shader-f16` no kernel can compute in half floats. */
async function open(adapter: GPUAdapter, guard: Guard): Promise<GPUDevice> {
  const requiredLimits = Object.fromEntries(limits.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredFeatures: [], requiredLimits });
  const firstLine = (message: string) => message.split("\n")[0] || "it does not say why";
  device.addEventListener("uncapturederror", (event) => {
    event.preventDefault();
    guard.note(`The GPU refused a command (${firstLine(event.error.message)}).`);
  });
  void device.lost.then(({ message }) => guard.note(`The GPU was lost (${firstLine(message)}).`));
  return device;
}

function nameOf({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  const name = [vendor, architecture, device].filter((part) => part !== "").join(" ");
  return description || name || "a GPU without a name";
}
