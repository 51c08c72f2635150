import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { KernelBackend } from "@tensorflow/tfjs-core";
import { z } from "zod";
import type { Probe } from "../engines/engine.ts";
import { root } from "../paths.ts";

/**
 * Dawn, the WebGPU of Chrome, with tfjs's backend for it, as `npm run native -- --webgpu` installs them. Their types are
 * written here, as far as they are used: the packages are not there where the project is built.
 */

const folder = join(root, ".native", "webgpu");
const command = "npm run native -- --webgpu";

/** What WebGPU says of a GPU; a driver may leave any of the texts empty. */
export interface AdapterInfo {
  vendor: string;
  architecture: string;
  device: string;
  description: string;
  /** Whether a program computes in a GPU's place. */
  isFallbackAdapter?: boolean;
}

export interface Adapter {
  info: AdapterInfo;
  limits: Readonly<Record<string, number>>;
  requestDevice(wanted: { requiredFeatures: string[]; requiredLimits: Record<string, number> }): Promise<Device>;
}

export interface Device {
  features: ReadonlySet<string>;
  /** Resolves when the device is lost: `reason` is "destroyed" where we let go of it ourselves. */
  lost: Promise<{ reason: string; message: string }>;
  addEventListener(kind: "uncapturederror", listener: (event: UncapturedError) => void): void;
  destroy(): void;
}

/** An error of a command to the GPU that nobody awaits: without a listener, only numbers would be wrong. */
interface UncapturedError {
  error: { message: string };
  preventDefault?(): void;
}

/** What a browser has as navigator.gpu. */
export interface Gpu {
  requestAdapter(options: { powerPreference: "high-performance" }): Promise<Adapter | null>;
}

type Backend = new (device: Device, info: AdapterInfo) => KernelBackend;

/** Platforms of which the package brings Dawn's library. */
const platforms = ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "win32-arm64", "win32-x64"];

/** Whether Dawn is installed: nothing of it is loaded. */
export function probeDawn({ platform, arch }: Pick<NodeJS.Process, "platform" | "arch"> = process): Probe {
  const here = `${platform}-${arch}`;
  if (!platforms.includes(here))
    return { available: false, reason: `Dawn comes for ${platforms.join(", ")}, not ${here}` };
  const library = join(
    folder,
    "node_modules/webgpu/dist",
    platform === "darwin" ? "darwin-universal" : here,
    "dawn.node",
  );
  if (existsSync(library)) return { available: true };
  return { available: false, reason: "Dawn is not installed", command };
}

const stampSchema = z.looseObject({
  /** Whether it is a program that stands in for a GPU. */
  software: z.boolean(),
  /** Whether the training step took less time on it than on any other engine that was there. */
  fastest: z.boolean(),
});

/** Whether `npm run native` measured a real GPU through WebGPU to be the fastest here. */
export function webgpuIsFastest(): boolean {
  const path = join(root, ".native", "webgpu.json");
  if (!existsSync(path) || !probeDawn().available) return false;
  const { data } = stampSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
  return data?.fastest === true && !data.software;
}

/** Loads Dawn's library. The globals that tfjs's backend takes from a browser are there from then on. @throws Error */
export async function openDawn(): Promise<Gpu> {
  const address = pathToFileURL(join(folder, "node_modules/webgpu/index.js")).href;
  try {
    const { create, globals } = (await import(address)) as { create(options: string[]): Gpu; globals: object };
    Object.assign(globalThis, globals);
    return create([]);
  } catch (cause) {
    const [line] = String(cause instanceof Error ? cause.message : cause).split("\n");
    const message = `engine webgpu: expected Dawn to load but it did not (${line}); run ${command} again, or train with --engine wasm`;
    throw new Error(message, { cause });
  }
}

/** tfjs's backend, which takes the trainer's own tfjs-core: it has none beside it. */
export function openBackend(): Backend {
  const require = createRequire(join(folder, "package.json"));
  return (require("@tensorflow/tfjs-backend-webgpu") as { WebGPUBackend: Backend }).WebGPUBackend;
}

/** Versions of what is installed, by package, as run.json has them. */
export function dawnVersions(): Record<"tfjs-backend-webgpu" | "webgpu", string> {
  const versionOf = (name: string) => {
    const json = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
    return z.object({ version: z.string() }).parse(JSON.parse(json)).version;
  };
  return { "tfjs-backend-webgpu": versionOf("@tensorflow/tfjs-backend-webgpu"), webgpu: versionOf("webgpu") };
}

/** A GPU's name: `nvidia ampere nvidia-a10 (NVIDIA 550.54)`. */
export function adapterName({ vendor, architecture, device, description }: AdapterInfo): string {
  const name = [vendor, architecture, device.replace(/-+$/, "")].filter((part) => part !== "").join(" ");
  if (name && description) return `${name} (${description})`;
  return name || description || "a GPU without a name";
}

/**
 * Whether a program computes in a GPU's place: Google's SwiftShader, Mesa's llvmpipe (lavapipe), Microsoft's WARP. Dawn itself
 * says so of the first; the only GPU of the vendor google, 0x1ae0, is SwiftShader.
 */
export function isSoftware({ vendor, architecture, device, description, isFallbackAdapter }: AdapterInfo): boolean {
  if (isFallbackAdapter || ["google", "0x1ae0"].includes(vendor.toLowerCase())) return true;
  return /swiftshader|llvmpipe|lavapipe|basic render|\bwarp\b/i.test(`${architecture} ${device} ${description}`);
}
