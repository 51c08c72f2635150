import { epochRecord } from "@autoencoder/model/run";
import { z } from "zod";

/** What `--json` prints, an event a line; docs/artifact-format.md has them in prose. Numbers that are not finite are null. */

const figure = z.number().nullable();

export const trainerEvent = z.discriminatedUnion("event", [
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
