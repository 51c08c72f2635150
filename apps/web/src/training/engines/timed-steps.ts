import { createRandom } from "@autoencoder/data";
import { DataParallel, type ReplicaOf, type TrainingWorker } from "@autoencoder/model/data-parallel";
import { findRecipe } from "@autoencoder/model/recipes";
import { Trainer } from "@autoencoder/model/training";

/** Steps that are timed at most, after one in which programs are compiled; fewer where they take longer than this in seconds. */
const [mostSteps, enough] = [8, 4];

/**
 * Images a second of a training on the active engine: the assignment's network on noise.
 * @param shards parts of each batch, as the training itself has them
 */
export async function timeSteps(
  openReplicas: (of: ReplicaOf) => readonly TrainingWorker[],
  { batchSize, shards }: { batchSize: number; shards: number },
): Promise<number> {
  const recipe = { ...findRecipe("assignment"), batchSize, onCollapse: "continue" as const };
  const { next } = createRandom(1);
  const parallel = new DataParallel(openReplicas(recipe), { spec: recipe.spec, shards });
  const trainer = new Trainer({ recipe, random: next, outputBias: 0, now: new Date(0).toISOString(), parallel });
  const pixels = Float32Array.from({ length: batchSize * 28 * 28 }, next);
  const train = (mostSteps + 1) * batchSize;
  const images = { train, validation: 0, order: () => new Uint32Array(train), gather: () => pixels };
  const clock = () => performance.now() / 1000;
  let [steps, started, ended] = [-1, 0, 0];
  try {
    for await (const event of trainer.train(images, { clock, residentBytes: () => 0 })) {
      if (event.kind !== "batch") continue;
      steps += 1;
      ended = clock();
      if (steps === 0) started = ended;
      else if (steps === mostSteps || ended - started > enough) break;
    }
    return (steps * batchSize) / (ended - started);
  } finally {
    trainer.dispose();
    await parallel.close();
  }
}
