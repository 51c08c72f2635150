/** What one runs at a terminal, as the last chapter lists it. tests/unit/chapter-commands.test.ts holds it against the trainer. */

export const engines = [
  {
    name: "wasm",
    what: "WebAssembly with SIMD, one thread",
    needs: "nothing but npm",
  },
  {
    name: "native",
    what: "TensorFlow’s CPU library, all cores; about five times as fast on two of them",
    needs: "`npm run native`, once: Python 3.11 to 3.13 and a C++ compiler, on Linux or macOS",
  },
  {
    name: "cuda",
    what: "TensorFlow’s CUDA library on an NVIDIA GPU; not yet run on one by us",
    needs: "`npm run native -- --cuda`, once: the same, on Linux with NVIDIA’s driver",
  },
] as const;

export const trainOptions = [
  ["--recipe R", "what to train: a recipe’s name, or a JSON file such as the `recipe` of a run.json"],
  ["--engine E", "what computes; without it, the fastest that can start"],
  ["--epochs N", "passes over the training images"],
  ["--images N", "the first N training images only, validation included"],
  ["--seed S", "the seed of weights and shuffling"],
  ["--name RUN", "the folder under `artifacts/`"],
  ["--data DIR", "other IDX files, such as Fashion-MNIST’s"],
  ["--resume", "continue a stopped run from its last checkpoint, to the same result"],
  ["--derive", "train nothing; add the tables that follow from a run’s weights"],
  ["--help", "all of this, with the defaults"],
] as const;

export const technologies = [
  ["Turborepo", "one command for the packages of the repository; skips what has not changed, a training included"],
  ["TensorFlow.js", "the network itself, its gradients and Adam: the same code in Node and in this page"],
  ["tfjs-node-gpu", "TensorFlow.js’s way to TensorFlow’s own library in Node, on the CPU or on CUDA"],
  ["Next.js", "this site: pages rendered on the server, complete before any script runs"],
  ["MDX", "the chapters: prose in Markdown, with figures as components in it"],
  ["D3", "the loss curve’s scales and paths, here and in the PNG that a run writes"],
  ["tRPC", "how pages ask the server for a run: typed questions and checked answers"],
  ["Keras", "opens the `.keras` files: it tests that they compute what the trainer recorded"],
] as const;
