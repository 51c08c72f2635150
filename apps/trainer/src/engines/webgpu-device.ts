import type { Adapter, Device, Gpu } from "../native/dawn.ts";

/** The GPU was lost, or refused a command: what it would compute from here on is not to be trusted. */
export class DeviceLostError extends Error {
  override name = "DeviceLostError";
}

/** The GPU that WebGPU offers first. @throws Error where it offers none */
export async function findAdapter(gpu: Gpu): Promise<Adapter> {
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter) return adapter;
  throw new Error(
    "engine webgpu: expected a GPU with Vulkan, Metal or Direct3D 12 but Dawn finds none; check its driver, or train " +
      "with --engine wasm",
  );
}

/** Limits that tfjs's kernels need higher than WebGPU promises everywhere; it asks for these in a browser too. */
const limits = [
  "maxBufferSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupsPerDimension",
  "maxComputeWorkgroupStorageSize",
  "maxStorageBufferBindingSize",
];

/** A device that computes in float32 alone. */
export interface GuardedDevice {
  device: Device;
  /** What `read` gives. @throws DeviceLostError where something went wrong on the device, then or before */
  guarded<Values>(read: () => Promise<Values>): Promise<Values>;
}

/**
 * Opens the GPU without any feature: without `shader-f16` no kernel can compute in half floats, in which small gradients are 0.
 */
export async function openDevice(adapter: Pick<Adapter, "limits" | "requestDevice">): Promise<GuardedDevice> {
  const requiredLimits = Object.fromEntries(limits.map((name) => [name, adapter.limits[name] as number]));
  const device = await adapter.requestDevice({ requiredFeatures: [], requiredLimits });
  let fault: DeviceLostError | undefined;
  const note = (what: string, message: string) => {
    const [line = ""] = message.split("\n");
    fault ??= new DeviceLostError(`engine webgpu: ${what} (${line || "it does not say why"})`);
    return fault;
  };
  device.addEventListener("uncapturederror", (event) => {
    event.preventDefault?.();
    note("the GPU refused a command", event.error.message);
  });
  device.lost.then(({ message }) => note("the GPU was lost", message));
  return {
    device,
    async guarded(read) {
      try {
        const values = await read();
        if (fault) throw fault;
        return values;
      } catch (error) {
        throw note("the GPU did not answer", error instanceof Error ? error.message : String(error));
      }
    },
  };
}
