import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { registerFastGradients } from "@autoencoder/model/gradients";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { root } from "../paths.ts";
import type { Engine, Probe } from "./engine.ts";

/**
 * tfjs's WebGPU backend through Dawn, the browsers' own implementation, in Node: any GPU with Vulkan, Metal or Direct3D 12.
 * Both packages come with `npm run native -- --webgpu`; docs/decisions/0019-webgpu-through-dawn.md says why not with npm ci.
 */
export const webgpu: Engine = {
  name: "webgpu",
  probe(): Probe {
    if (existsSync(dawnLibrary())) return { available: true };
    return { available: false, reason: "Dawn is not installed", command: "npm run native -- --webgpu" };
  },
  async start() {
    // Before there is a GPU to be seen: the module would register a backend of its own, with half floats where it can.
    const { WebGPUBackend } = packages("@tensorflow/tfjs-backend-webgpu") as BackendModule;
    const adapter = await requestAdapter();
    // No feature is asked for: without "shader-f16" nothing computes in half floats, in which training would lose its gradients.
    const device = await adapter.requestDevice({ requiredFeatures: [], requiredLimits: limitsOf(adapter) });
    tf.registerBackend("webgpu", () => new WebGPUBackend(device, adapter.info));
    if (!(await tf.setBackend("webgpu"))) throw new Error("engine webgpu: tfjs's backend did not start");
    registerFastGradients();
    const versions = {
      node: process.versions.node,
      tfjs: tf.version_core,
      "tfjs-backend-webgpu": versionOf("@tensorflow/tfjs-backend-webgpu"),
      webgpu: versionOf("webgpu"),
    };
    return { name: "webgpu", device: nameOf(adapter.info), versions, workers: 1 };
  },
};

const stamp = z.looseObject({
  /** Whether its training step was the fastest of all engines here. */
  fastest: z.boolean(),
});

/** Whether `npm run native -- --webgpu` measured this to be the fastest engine here; never where a program computes for the GPU. */
export function webgpuIsFastest(): boolean {
  const path = join(root, ".native", "webgpu.json");
  if (!existsSync(path) || !webgpu.probe().available) return false;
  return stamp.safeParse(JSON.parse(readFileSync(path, "utf8"))).data?.fastest === true;
}

/** An adapter, as far as it is used here. */
interface Adapter {
  info: AdapterInfo;
  limits: Record<string, number>;
  requestDevice(descriptor: object): Promise<{ destroy(): void }>;
}
interface AdapterInfo {
  vendor: string;
  architecture: string;
  description: string;
  isFallbackAdapter: boolean;
}
interface BackendModule {
  WebGPUBackend: new (device: object, info: AdapterInfo) => tf.KernelBackend;
}

const folder = join(root, ".native", "webgpu");
const packages = createRequire(join(folder, "package.json"));

function dawnLibrary(): string {
  const platform = process.platform === "darwin" ? "darwin-universal" : `${process.platform}-${process.arch}`;
  return join(folder, "node_modules", "webgpu", "dist", platform, "dawn.node");
}

/** The GPU that Dawn finds. @throws Error where it finds none */
export async function requestAdapter(): Promise<Adapter> {
  const dawn = await import(pathToFileURL(join(folder, "node_modules", "webgpu", "index.js")).href);
  Object.assign(globalThis, dawn.globals); // the backend takes GPUBufferUsage and its like from there
  const gpu = dawn.create([]);
  // Only to see whether there is one does the backend look where a browser has it. Node has a navigator since version 21.
  const here = globalThis as { navigator?: object };
  if (!here.navigator) Object.defineProperty(here, "navigator", { value: {} });
  Object.defineProperty(here.navigator, "gpu", { value: gpu, configurable: true });
  const adapter: Adapter | null = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter) return adapter;
  throw new Error(
    "engine webgpu: expected a GPU with Vulkan, Metal or Direct3D 12 but Dawn finds none; check its driver, or train " +
      "with another --engine",
  );
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version;
}

/** Whether a program computes in a GPU's place: Dawn says so of SwiftShader, Mesa and Microsoft name theirs. */
export function isSoftware({ isFallbackAdapter, description, architecture }: AdapterInfo): boolean {
  return isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render|warp/i.test(`${architecture} ${description}`);
}

/** `nvidia ampere: NVIDIA A10`, with a word where a program computes in the GPU's place. */
export function nameOf(info: AdapterInfo): string {
  const maker = [info.vendor, info.architecture].filter(Boolean).join(" ");
  const name = [maker, info.description].filter(Boolean).join(": ") || "an unnamed GPU";
  return isSoftware(info) ? `${name} (a software rasterizer)` : name;
}

/** All that the adapter has of what tfjs's kernels need: by default a device has the least that WebGPU promises. */
function limitsOf({ limits }: Adapter): Record<string, number> {
  const needed = [
    "maxComputeWorkgroupStorageSize",
    "maxComputeWorkgroupsPerDimension",
    "maxStorageBufferBindingSize",
    "maxBufferSize",
    "maxComputeWorkgroupSizeX",
    "maxComputeInvocationsPerWorkgroup",
  ];
  return Object.fromEntries(needed.map((name) => [name, limits[name] as number]));
}
