import { boundedName, type Recipe } from "../training/recipes/index.ts";

/** What a training has of its own beside its recipe. */
interface Differences {
  epochs: number;
  seed: number;
  shards?: number | undefined;
  images?: Recipe["images"];
  /** What its data are called, where they are not MNIST. */
  data?: string | undefined;
}

/** The recipe's name; what differs from the recipe is appended, so that a trial never replaces the run itself. */
export function defaultRunName(base: Recipe, { epochs, seed, shards, images, data }: Differences): string {
  const names: string[] = [base.name];
  if (data !== undefined) names.push(data);
  if (epochs !== base.epochs) names.push(`${epochs}-epochs`);
  if (images && images !== base.images) {
    const [from, to] = images;
    names.push(from === 0 ? `${to}-images` : `images-${from}-to-${to}`);
  }
  if (seed !== base.seed) names.push(`seed-${seed}`);
  if (shards !== base.shards) names.push(`${shards}-shards`);
  return boundedName(names);
}
