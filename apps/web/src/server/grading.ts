import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { firstOfEachClass, mnistChecksums } from "@autoencoder/data";
import { modelOutputShape, sizeOf } from "@autoencoder/model";
import { describeArchitecture, type Evidence, leastLoss, readLossPlot, type Tensors } from "@autoencoder/model/grading";
import { type Run, runPaths, weightsBeside } from "@autoencoder/model/run";
import { mnist } from "./mnist.ts";
import { readRunFile, readRunWeights } from "./run-store.ts";
import { takingTurns } from "./turns.ts";

/** The files that a check names, whether run.json lists them or not. */
const named = [
  runPaths.pageEncoder,
  weightsBeside(runPaths.pageEncoder),
  runPaths.pageDecoder,
  weightsBeside(runPaths.pageDecoder),
  runPaths.lossCurveSvg,
  runPaths.lossCurvePng,
  runPaths.reconstructions,
] as const;

/** What can be known of a run without computing with its weights: the server's half of the evidence. */
export async function recordedEvidence(run: Run): Promise<Evidence> {
  const problems = await fileProblems(run);
  const tensors = await readTensors(run);
  const plot = await readRunFile(run, runPaths.lossCurveSvg).catch(() => undefined);
  return {
    architecture: describeArchitecture(run.spec, typeof tensors === "string" ? undefined : tensors),
    problems,
    history: run.history.map(({ epoch, loss, valLoss }) => ({ epoch, loss, valLoss })),
    loss: run.recipe.loss,
    leastLoss: otherData(run) ? { training: 0, validation: 0 } : await leastLosses(run),
    baselines: {
      components: sizeOf(modelOutputShape(run.spec.encoder)),
      pcaValidation: run.baselines.pca,
      pcaTest: undefined,
      black: run.baselines.black,
    },
    plot: plot && readLossPlot(new TextDecoder().decode(plot.bytes), run.history),
    composition: undefined,
    validation: undefined,
    test: undefined,
    found: undefined,
    picture: undefined,
    blocked: typeof tensors === "string" ? tensors : otherData(run),
  };
}

async function leastLosses({
  recipe,
  dataset: {
    split: { from = 0, train: trainedOn, validation },
  },
  page,
}: Run): Promise<Evidence["leastLoss"]> {
  const { train } = await mnist();
  const turn = takingTurns();
  /** In pieces of some milliseconds: the loss is a mean over pixels. */
  const of = async (first: number, last: number) => {
    let [sum, pixels] = [0, 0];
    for (let at = first; at < Math.min(last, train.count); at += 500) {
      await turn();
      const piece = train.bytes(at, Math.min(last, at + 500));
      sum += leastLoss(recipe.loss, piece) * piece.length;
      pixels += piece.length;
    }
    return pixels === 0 ? 0 : sum / pixels;
  };
  const behind = from + trainedOn;
  // A reader's drawing may be learned without any loss.
  const drawn = page?.drawing ?? { from: trainedOn, to: trainedOn };
  const [before, after] = [await of(from, from + drawn.from), await of(from + drawn.to, behind)];
  return {
    training: (before * drawn.from + after * (trainedOn - drawn.to)) / trainedOn,
    validation: await of(behind, behind + validation),
  };
}

/** What is wrong with each file that a check names or run.json lists; a file that is right has no entry. */
async function fileProblems(run: Run): Promise<Record<string, string>> {
  const paths = new Set<string>([...named, ...run.files.map(({ path }) => path)]);
  const problems: Record<string, string> = {};
  for (const path of paths) {
    const problem = await readRunFile(run, path).then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (problem) problems[path] = problem;
  }
  return problems;
}

/** The tensors in the weights for the page, or why they cannot be read. */
async function readTensors(run: Run): Promise<Tensors | string> {
  try {
    const [encoder, decoder] = await Promise.all([
      readRunWeights(run, runPaths.pageEncoder),
      readRunWeights(run, runPaths.pageDecoder),
    ]);
    return { encoder, decoder };
  } catch (error) {
    return (error as Error).message;
  }
}

function otherData({ dataset }: Run): string | undefined {
  const other = dataset.files.find(({ name, sha256 }) => mnistChecksums[name] !== sha256);
  return (
    other &&
    `the run was trained on ${dataset.name}: its ${other.name} is not MNIST’s, and the errors cannot be recomputed here`
  );
}

/** Numbers of the test digits that the trainer draws into `reconstructions.png`. */
export async function drawnDigits(): Promise<number[]> {
  return [...firstOfEachClass((await mnist()).test.labels, 1)];
}

/** The build that serves this page, as Next.js names it. */
export async function pageBuild(): Promise<string> {
  const file = join(/* turbopackIgnore: true */ process.cwd(), ".next", "BUILD_ID");
  return (await readFile(file, "utf8").catch(() => "development")).trim();
}
