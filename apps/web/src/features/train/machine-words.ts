import type { TrainingProgress } from "@autoencoder/model/progress";
import { fixed, integer, printedLoss } from "@autoencoder/ui";
import type { Job } from "./machine-training.ts";

/** How a training of this machine is told. */

/** `3 min`, `2 h 5 min` */
function timeOf(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** In which state it is, in two or three words. */
export function stateOf({ state, stopping, before }: Job, progress: TrainingProgress | undefined): string {
  if (state === "waiting") return before === 1 ? "waits, next" : `waits, ${before} before it`;
  if (state !== "running") return state;
  if (stopping) return "saves and stops";
  if (progress?.phase === "measuring" || progress?.phase === "published") return "measures on the test digits";
  return progress?.phase === "training" ? "trains" : "starts";
}

/** Where it stands, as parts of a line. */
export function standOf({ epoch, epochs, batch, batches, loss, valLoss, testMse }: TrainingProgress): string[] {
  const of = epochs === null ? "" : ` of ${epochs}`;
  return [
    ...(epoch > 0 ? [`epoch ${epoch}${of}`] : []),
    ...(epoch > 0 && batches !== null ? [`step ${integer(batch)} of ${integer(batches)}`] : []),
    ...(epoch > 0 ? [`loss ${printedLoss(loss)}`] : []),
    ...(valLoss === null ? [] : [`validation loss ${printedLoss(valLoss)}`]),
    ...(testMse === null ? [] : [`test MSE ${printedLoss(testMse)}`]),
  ];
}

/** How fast it goes and how long it takes. */
export function paceOf({ engine, imagesPerSecond, secondsLeft, phase }: TrainingProgress): string[] {
  return [
    ...(imagesPerSecond === null ? [] : [`${fixed(imagesPerSecond, 0)} images a second`]),
    ...(engine === null ? [] : [`on ${engine}`]),
    ...(secondsLeft !== null && phase !== "measuring" && secondsLeft > 0 ? [`about ${timeOf(secondsLeft)} left`] : []),
  ];
}

/** The settings in which it differs from its recipe. */
export function settingsOf(asked: Job["asked"]): string {
  if ("from" in asked) return "what a page has trained: its epoch is ended, and it is measured";
  const { recipe, ...others } = asked;
  const words = Object.entries(others).map(([name, value]) => `${names[name as keyof typeof others]} ${value}`);
  return [`recipe ${recipe}`, ...words].join(", ");
}
const names: Record<Exclude<keyof Extract<Job["asked"], { recipe: string }>, "recipe">, string> = {
  engine: "engine",
  epochs: "epochs",
  images: "images",
  seed: "seed",
  batchSize: "batch size",
  learningRate: "learning rate",
  latent: "code length",
  loss: "loss",
  optimizer: "optimizer",
};

/** What a screen reader is told of the training that goes on: at its start, at most once an epoch, and at its end. */
export function announcementOf(run: string, progress: TrainingProgress): string {
  const { phase, epoch, epochs, valLoss, engine, testMse } = progress;
  switch (phase) {
    case "starting":
      return `${run} starts${engine ? ` on ${engine}` : ""}.`;
    case "training": {
      const ended = valLoss === null ? 0 : progress.batch === progress.batches ? epoch : epoch - 1;
      return ended > 0
        ? `Epoch ${ended} of ${epochs} of ${run} has ended; validation loss ${printedLoss(valLoss)}.`
        : `${run} trains.`;
    }
    case "measuring":
      return `${run} is trained and is measured on the test digits.`;
    case "published":
      return `${run} is finished; test MSE ${printedLoss(testMse)}.`;
    case "stopped":
      return `${run} has stopped.`;
    case "failed":
      return `${run} has failed.`;
  }
}
