import { z } from "zod";
import { epochRecord } from "./run.ts";

/**
 * What a training tells while it goes on, an object a line: `--json` prints it, a work folder keeps it, and a page gets it.
 * docs/artifact-format.md has the events in prose. Numbers that are not finite are null.
 */

const figure = z.number().nullable();

export const trainerEvent = z.discriminatedUnion("event", [
  /** Written before a trainer is started that is to append its lines: the site's trainings begin so. */
  z.strictObject({ event: z.literal("attempt"), attempt: z.int().positive(), resumes: z.boolean() }),
  z.strictObject({
    event: z.literal("start"),
    run: z.string(),
    recipe: z.string(),
    engine: z.string(),
    device: z.string(),
    images: z.strictObject({ train: z.int(), validation: z.int(), test: z.int() }),
    epochs: z.int(),
  }),
  /** Seconds to the last epoch's end, and from there to the published run. */
  z.strictObject({ event: z.literal("estimate"), training: z.number(), publishing: z.number() }),
  z.strictObject({ event: z.literal("resumed"), epoch: z.int(), batch: z.int() }),
  /** At most one a second, and the last of each epoch. */
  z.strictObject({
    event: z.literal("step"),
    /** Both from 1. */
    epoch: z.int().positive(),
    batch: z.int().positive(),
    batches: z.int().positive(),
    /** Running mean over the epoch's images so far, as Keras prints it. */
    loss: figure,
    imagesPerSecond: figure,
    /** To the end of the last epoch at this epoch's pace. */
    secondsLeft: figure,
  }),
  epochRecord.extend({ event: z.literal("epoch") }),
  z.strictObject({ event: z.literal("collapse"), epoch: z.int(), batch: z.int(), explanation: z.string() }),
  z.strictObject({ event: z.literal("earlyStop"), epoch: z.int(), best: z.int() }),
  z.strictObject({
    event: z.literal("published"),
    run: z.string(),
    folder: z.string(),
    status: z.string(),
    test: z.strictObject({ mse: figure, psnr: figure, ssim: figure }),
  }),
  /** Asked to end; `next` is the command that goes on. */
  z.strictObject({ event: z.literal("stopped"), saved: z.string().nullable(), next: z.string() }),
  z.strictObject({ event: z.literal("error"), message: z.string() }),
]);
export type TrainerEvent = z.infer<typeof trainerEvent>;

export function eventLine(event: TrainerEvent): string {
  return `${JSON.stringify(event)}\n`;
}
