import { describe, expect, it } from "vitest";
import type { Adapter, Device } from "../native/dawn.ts";
import { DeviceLostError, findAdapter, openDevice } from "./webgpu-device.ts";

/** A device of which the test says what happens to it, and what was asked of its adapter. */
function fakeAdapter() {
  const asked: unknown[] = [];
  let refuse = (_: string) => {};
  let lose = (_: string) => {};
  const device: Device = {
    features: new Set(),
    lost: new Promise((resolve) => {
      lose = (message) => resolve({ reason: "unknown", message });
    }),
    addEventListener(_, listener) {
      refuse = (message) => listener({ error: { message } });
    },
    destroy: () => {},
  };
  const limits = {
    maxBufferSize: 1,
    maxComputeInvocationsPerWorkgroup: 2,
    maxComputeWorkgroupSizeX: 3,
    maxComputeWorkgroupsPerDimension: 4,
    maxComputeWorkgroupStorageSize: 5,
    maxStorageBufferBindingSize: 6,
    maxBindGroups: 7,
  };
  const adapter: Adapter = {
    info: { vendor: "of a test", architecture: "", device: "", description: "" },
    limits,
    requestDevice(wanted) {
      asked.push(wanted);
      return Promise.resolve(device);
    },
  };
  return { adapter, asked, refuse: (message: string) => refuse(message), lose: (message: string) => lose(message) };
}
const numbers = async () => new Float32Array(2);

describe("a GPU", () => {
  it("is refused in one line where there is none", async () => {
    const gpu = { requestAdapter: async () => null };
    await expect(findAdapter(gpu)).rejects.toThrow(
      "engine webgpu: expected a GPU with Vulkan, Metal or Direct3D 12 but Dawn finds none; check its driver, or train " +
        "with --engine wasm",
    );
  });

  it("is opened without half floats or any other feature, whatever it offers, and with the limits that tfjs's kernels need", async () => {
    const { adapter, asked } = fakeAdapter();
    await openDevice(adapter);
    const { maxBindGroups: _, ...requiredLimits } = adapter.limits;
    expect(asked).toEqual([{ requiredFeatures: [], requiredLimits }]);
  });

  it("gives what is read from it", async () => {
    const { guarded } = await openDevice(fakeAdapter().adapter);
    expect(await guarded(numbers)).toEqual(new Float32Array(2));
  });

  it("gives no number any more once it has refused a command, and says the first reason", async () => {
    const { adapter, refuse } = fakeAdapter();
    const { guarded } = await openDevice(adapter);
    refuse("Buffer size (1073741824) exceeds the max buffer size limit\n - While calling [Device].CreateBuffer");
    refuse("[Invalid Buffer] is invalid due to a previous error.");
    const reading = guarded(numbers);
    await expect(reading).rejects.toThrow(DeviceLostError);
    await expect(reading).rejects.toThrow(
      /^engine webgpu: the GPU refused a command \(Buffer size \(1073741824\) exceeds the max buffer size limit\)$/,
    );
  });

  it("gives no number once it is lost, nor where reading fails without a word", async () => {
    const { adapter, lose } = fakeAdapter();
    const { guarded } = await openDevice(adapter);
    lose("");
    await expect(guarded(numbers)).rejects.toThrow("engine webgpu: the GPU was lost (it does not say why)");
    const other = await openDevice(fakeAdapter().adapter);
    await expect(other.guarded(() => Promise.reject(new Error("")))).rejects.toThrow(
      "engine webgpu: the GPU did not answer (it does not say why)",
    );
  });
});
