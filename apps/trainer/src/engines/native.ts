import { cpus } from "node:os";
import { probeAddon, startAddon } from "../native/addon.ts";
import type { Engine } from "./engine.ts";

/** TensorFlow's CPU library through tfjs-node-gpu's addon, on all cores. */
export const native: Engine = {
  name: "native",
  probe: () => probeAddon("cpu"),
  async start(options) {
    process.env.CUDA_VISIBLE_DEVICES = "-1"; // a GPU library that serves `native` must stay on the CPU
    const { versions, oneDnn, graph, threads } = await startAddon(options);
    const device = cpus()[0]?.model.trim() ?? "unknown CPU";
    return { name: "native", device, versions, oneDnn, graph, workers: threads };
  },
};
