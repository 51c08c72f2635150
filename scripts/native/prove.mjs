// Proves the addon: one real training step, gradient and Adam, on whatever device it was provisioned for.
// Usage: node scripts/native/prove.mjs cpu|cuda
import { createRequire } from "node:module";
import util from "node:util";

// tfjs-node 4.22 calls functions of `util` that Node 23 removed.
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
util.isString ??= (value) => typeof value === "string";
util.isNumber ??= (value) => typeof value === "number";
util.isFunction ??= (value) => typeof value === "function";

const tf = createRequire(import.meta.url)("@tensorflow/tfjs-node-gpu");
const images = tf.randomUniform([4, 8, 8, 1], 0, 1, "float32", 1);
const kernel = tf.variable(tf.randomNormal([3, 3, 1, 1], 0, 0.1, "float32", 1));
const loss = () => tf.mean(tf.squaredDifference(tf.sigmoid(tf.conv2d(images, kernel, 1, "same")), images));
const before = loss().dataSync()[0];
tf.train.adam(0.01).minimize(loss, false, [kernel]);
const after = loss().dataSync()[0];
const usesGpu = tf.backend().isUsingGpuDevice;
if (!(Number.isFinite(after) && after < before)) {
  throw new Error(`expected one step of Adam to lower the loss but it went from ${before} to ${after}`);
}
if (process.argv[2] === "cuda" && !usesGpu) {
  throw new Error("expected TensorFlow to compute on a GPU but it found none that it can use; check nvidia-smi");
}
process.stdout.write(JSON.stringify({ before, after, usesGpu }));
