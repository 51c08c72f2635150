import type { EpochRecord } from "../run/run.ts";
import type { Recipe } from "./recipes/index.ts";

/** A training that has ended before its last epoch, since its validation loss no longer fell. */
export interface EarlyStop {
  /** The last epoch. */
  epoch: number;
  /** The one with the least validation loss. */
  best: number;
}

/**
 * Whether a training ends after these epochs: Keras's EarlyStopping on val_loss with restore_best_weights=False. The weights stay
 * those of the last epoch. It follows from the history alone, so a resumed run stops where an unbroken one does.
 */
export function earlyStop(history: readonly EpochRecord[], rule: Recipe["earlyStopping"]): EarlyStop | undefined {
  if (!rule) return undefined;
  let best: EpochRecord | undefined;
  for (const record of history) {
    if (record.valLoss !== null && record.valLoss < (best?.valLoss ?? Number.POSITIVE_INFINITY)) best = record;
  }
  const last = history.at(-1);
  if (!last || last.epoch - (best?.epoch ?? 0) < rule.patience) return undefined;
  return { epoch: last.epoch, best: best?.epoch ?? 0 };
}
