import { floatsOf } from "@autoencoder/data";
import type { Run } from "@autoencoder/model/run";
import { readRun } from "../run-store.ts";
import { readSamples, type Samples } from "../samples.ts";

/** The run that the experiments change one thing of, and these experiments. */
const experiments = ["assignment", "assignment-128", "assignment-bce"] as const;

/** How blurred pictures are: the share of their pixels that are neither dark nor bright, and how steep their edges are. */
export interface Blur {
  /** Pixels between 0.2 and 0.8, over all pixels. */
  grey: number;
  /** Mean over all pixels of the size of the gradient, in differences of neighbours. */
  steepness: number;
}

/** @param pictures [count × side × side] in [0, 1] */
export function blurOf(pictures: Float32Array, side: number): Blur {
  let grey = 0;
  let steepness = 0;
  let edges = 0;
  for (let at = 0; at < pictures.length; at++) {
    const value = pictures[at] as number;
    if (value > 0.2 && value < 0.8) grey++;
    const [row, column] = [Math.floor((at % side ** 2) / side), at % side];
    if (row === side - 1 || column === side - 1) continue; // no neighbour below or to the right
    steepness += Math.hypot((pictures[at + 1] as number) - value, (pictures[at + side] as number) - value);
    edges++;
  }
  return { grey: grey / pictures.length, steepness: steepness / edges };
}

/** A run with its recorded samples and how blurred they are. */
export interface Experiment {
  run: Run;
  samples: Samples;
  blur: Blur;
}

/** The recorded originals and the runs of the experiment that are here, the loaded one with them; and those that are not. */
export async function blurExperiments(run: Run) {
  const names = [...new Set<string>([...experiments, ...(run.status === "complete" ? [run.name] : [])])];
  const here: Experiment[] = [];
  const missing: string[] = [];
  let originals: Blur | undefined;
  for (const name of names) {
    try {
      const each = await readRun(name);
      const samples = await readSamples(each);
      const side = Math.sqrt(samples.originals.length / samples.count);
      originals ??= blurOf(floatsOf(samples.originals), side);
      here.push({ run: each, samples, blur: blurOf(samples.reconstructions, side) });
    } catch {
      missing.push(name); // the page says so, with the command that makes it
    }
  }
  /** The base and the two runs with one change each, in this order, where all three are here. */
  const compared = experiments.flatMap((name) => here.find((each) => each.run.name === name) ?? []);
  return { here, missing, originals, compared: compared.length === experiments.length ? compared : undefined };
}
