import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import util from "node:util";
import { registerFastGradients } from "@autoencoder/model/gradients";
import { compileWith } from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import type { EngineName, Probe, StartOptions } from "../engines/engine.ts";
import { type NodeBackend, tfFunction } from "../graph/index.ts";
import { root } from "../paths.ts";

/** Loads tfjs-node-gpu's addon on the libtensorflow that `npm run native` provisions; both its engines share this. */

const require = createRequire(import.meta.url);

const stampSchema = z.looseObject({
  device: z.enum(["cpu", "cuda"]),
  tensorflow: z.string(),
  /** What `npm run native` measured to be the fastest here. */
  fastest: z
    .object({ engine: z.enum(["native", "cuda"]), oneDnn: z.boolean(), threads: z.int().positive() })
    .optional(),
});
type Stamp = z.infer<typeof stampSchema>;

/** What `npm run native` left behind, or undefined. */
function readStamp(): Stamp | undefined {
  const path = join(root, ".native", "stamp.json");
  if (!existsSync(path)) return undefined;
  const parsed = stampSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
  return parsed.success ? parsed.data : undefined;
}

/** Whether the addon is provisioned for this device. A GPU library also serves `native`. */
export function probeAddon(device: Stamp["device"]): Probe {
  const command = device === "cuda" ? "npm run native -- --cuda" : "npm run native";
  const stamp = readStamp();
  if (!stamp) return { available: false, reason: "libtensorflow is not provisioned", command };
  if (device === "cuda" && stamp.device !== "cuda") {
    return { available: false, reason: "libtensorflow is provisioned for the CPU only", command };
  }
  return { available: true };
}

/** The version of the TensorFlow that `npm run native` provisioned. */
export function libraryVersion(): string | undefined {
  return readStamp()?.tensorflow;
}

/** The engine that `npm run native` measured to be the fastest here. */
export function fastestEngine(): EngineName | undefined {
  return readStamp()?.fastest?.engine;
}

/** How TensorFlow computes, besides what it computes: it decides the last bits of the weights. */
interface Settings {
  oneDnn: boolean;
  threads: number;
}

/** The settings of the environment, or else those that were measured to be fastest; TensorFlow finds them in the environment. */
function applySettings(stamp: Stamp | undefined): Settings {
  const cores = availableParallelism();
  const { env } = process;
  const asked = Number(env.TF_NUM_INTRAOP_THREADS);
  const threads = asked > 0 ? asked : Math.min(stamp?.fastest?.threads ?? cores, cores);
  if (threads !== cores) env.TF_NUM_INTRAOP_THREADS = String(threads);
  env.TF_ENABLE_ONEDNN_OPTS ??= stamp?.fastest?.oneDnn ? "1" : "0";
  return { oneDnn: ["1", "true"].includes(env.TF_ENABLE_ONEDNN_OPTS.toLowerCase()), threads };
}

/** What has been started. */
interface Started extends Settings {
  usesGpu: boolean;
  /** Training steps and predictions run as graphs. */
  graph: boolean;
  versions: Record<string, string>;
}

/** Starts the addon. @throws Error when it does not load */
export async function startAddon({ eager = false }: StartOptions = {}): Promise<Started> {
  // @boundaries-ignore provisioning runs before npm has installed anything, so it lies in scripts/
  const { placeAddon } = await import("../../../../scripts/native/place-addon.mjs");
  placeAddon();
  restoreRemovedUtil();
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  const stamp = readStamp();
  const settings = applySettings(stamp);
  const nodeBackend = require("@tensorflow/tfjs-node-gpu") as { version: Record<string, string> };
  await tf.ready();
  const backend = tf.backend() as unknown as NodeBackend;
  const { TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  registerFastGradients({
    reluGrad: (dy, y) =>
      backend.executeSingleOutput("ReluGrad", [{ name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT }], [dy, y]),
  });
  if (!eager) compileWith((name, f) => tfFunction(name, f));
  const versions = {
    node: process.versions.node,
    tfjs: tf.version_core,
    "tfjs-node-gpu": nodeBackend.version["tfjs-node"] ?? "unknown",
    tensorflow: stamp?.tensorflow ?? "unknown",
  };
  return { usesGpu: backend.isUsingGpuDevice, graph: !eager, versions, ...settings };
}

/** tfjs-node 4.22 calls functions of `util` that Node 23 removed. */
function restoreRemovedUtil(): void {
  const old = util as unknown as Record<string, unknown>;
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  old.isArray ??= Array.isArray;
  old.isString ??= (value: unknown) => typeof value === "string";
  old.isNumber ??= (value: unknown) => typeof value === "number";
  old.isBoolean ??= (value: unknown) => typeof value === "boolean";
  old.isFunction ??= (value: unknown) => typeof value === "function";
  old.isObject ??= (value: unknown) => value !== null && typeof value === "object";
}
