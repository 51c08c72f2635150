// The ways to take a training step of the assignment's network, batch 128, that `npm run bench -- train` compares.
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { CommandError, root } from "../../lib/process.mjs";
import { stepTime } from "../../native/measure.mjs";
import { pytorchPython } from "./pytorch.mjs";

/** Batches that a peer is timed over; ours are timed over as many. */
const batches = "12";
const cores = availableParallelism();

/**
 * All ways, each with a function that times it once, in a process of its own.
 * @param stamp of the provisioned libtensorflow, whose Python has Keras
 * @returns [{ name, setting, peer?, time }]
 */
export function waysToTrain(stamp, { pytorch }) {
  const native = (oneDnn, eager) => () => stepTime({ engine: "native", oneDnn, threads: cores, eager });
  const wasm = (workers) => ({
    name: "wasm",
    setting: workers === 1 ? "1 thread" : `${workers} threads`,
    time: () => stepTime({ engine: "wasm", workers }),
  });
  const ways = [
    { name: "native, graph", setting: "oneDNN", time: native(true, false) },
    { name: "native, graph", setting: "no oneDNN", time: native(false, false) },
    { name: "native, eager", setting: "oneDNN", time: native(true, true) },
    wasm(1),
    ...(cores > 1 ? [wasm(cores)] : []),
    { name: "Keras", setting: "its default", peer: "Keras", time: () => kerasStep(stamp.python, undefined) },
    { name: "Keras", setting: "oneDNN", peer: "Keras", time: () => kerasStep(stamp.python, "1") },
    { name: "Keras", setting: "no oneDNN", peer: "Keras", time: () => kerasStep(stamp.python, "0") },
  ];
  if (!pytorch) return ways;
  const python = pytorchPython(stamp.python);
  const script = join(root, "scripts/bench/train/torch_step.py");
  const time = () => peerStep("PyTorch", python, [script, batches], process.env);
  return [...ways, { name: "PyTorch", setting: "channels last, fused Adam", peer: "PyTorch", time }];
}

function kerasStep(python, oneDnn) {
  const { TF_ENABLE_ONEDNN_OPTS: _, ...others } = process.env;
  const env = { ...others, CUDA_VISIBLE_DEVICES: "-1", ...(oneDnn && { TF_ENABLE_ONEDNN_OPTS: oneDnn }) };
  const model = join(root, "artifacts", "assignment", "autoencoder_model.keras");
  return peerStep("Keras", python, [join(root, "scripts/bench/train/keras_step.py"), model, batches], env);
}

function peerStep(name, python, args, env) {
  const timed = spawnSync(python, args, { encoding: "utf8", env });
  if (timed.status === 0) return JSON.parse(timed.stdout.trim().split("\n").at(-1));
  throw new CommandError(`bench train: ${name} failed: ${timed.stderr.trim().split("\n").at(-1)}`);
}
