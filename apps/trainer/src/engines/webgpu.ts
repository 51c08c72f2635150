import { registerFastGradients } from "@autoencoder/model/gradients";
import * as tf from "@tensorflow/tfjs-core";
import {
  type AdapterInfo,
  adapterName,
  type Device,
  dawnVersions,
  type Gpu,
  isSoftware,
  openBackend,
  openDawn,
  probeDawn,
} from "../native/dawn.ts";
import type { Engine, EngineInfo } from "./engine.ts";
import { findAdapter, openDevice } from "./webgpu-device.ts";

/** tfjs's WebGPU backend in Node, through Dawn: any GPU with Vulkan, Metal or Direct3D 12. docs/decisions/0019 has why so. */
export const webgpu: Engine = {
  name: "webgpu",
  probe: () => probeDawn(),
  start({ warn = toStandardError } = {}) {
    return start((info) => {
      if (isSoftware(info)) warn(softwareWarning);
    });
  },
  stop,
};

/** The same where nobody asked for it: a program that stands in for a GPU is refused. */
export const webgpuUnasked: Engine = {
  ...webgpu,
  start() {
    return start((info) => {
      if (!isSoftware(info)) return;
      throw new Error(
        `engine webgpu: expected the GPU that was the fastest here but came to ${adapterName(info)}, a software rasterizer; ` +
          "run npm run native -- --webgpu again, or train with --engine wasm",
      );
    });
  },
};

const softwareWarning =
  "warning: a software rasterizer computes in a GPU's place, many times slower than --engine wasm";

const toStandardError = (line: string) => process.stderr.write(`${line}\n`);

/** The device that is in use. */
let open: Device | undefined;

/** @param check what it throws ends the start */
async function start(check: (info: AdapterInfo) => void): Promise<EngineInfo> {
  const Backend = openBackend(); // before there is a GPU to be seen: else it registers a backend with features of its choice
  const gpu = await openDawn();
  const adapter = await findAdapter(gpu);
  const { info } = adapter;
  check(info);
  const { device: opened, guarded } = await openDevice(adapter);
  open = opened;
  tf.registerBackend("webgpu", () => {
    const backend = withNavigator(gpu, () => new Backend(opened, info));
    const read = backend.read.bind(backend);
    backend.read = (data) => guarded(() => read(data));
    return backend;
  });
  await tf.setBackend("webgpu");
  registerFastGradients();
  const versions = { node: process.versions.node, tfjs: tf.version_core, ...dawnVersions() };
  const device = `${adapterName(info)}${isSoftware(info) ? ", a software rasterizer" : ""}`;
  return { name: "webgpu", device, versions, workers: 1 };
}

/** Lets go of the GPU: Dawn keeps a process alive while it has work, or while something global holds it. */
function stop(): void {
  if (!open) return;
  tf.removeBackend("webgpu");
  open.destroy();
  open = undefined;
}

/** tfjs's backend looks whether there is WebGPU where a browser has it, only when it is made. Node has a navigator since 21. */
function withNavigator<Made>(gpu: Gpu, make: () => Made): Made {
  const place = globalThis as { navigator?: object };
  const had = place.navigator;
  if (!had) Object.defineProperty(place, "navigator", { value: {}, configurable: true });
  const navigator = place.navigator as object;
  Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  try {
    return make();
  } finally {
    Reflect.deleteProperty(navigator, "gpu");
    if (!had) Reflect.deleteProperty(place, "navigator");
  }
}
