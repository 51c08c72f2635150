import type { TrainingState } from "@autoencoder/model/training";
import { describeFault, isDiskFull, isFileError } from "./errors.ts";
import { duration, type Progress } from "./progress.ts";
import type { WorkFolder } from "./run-folder/work-folder.ts";
import type { StopRequest } from "./stop-request.ts";
import type { Clock } from "./terminal.ts";

/** Seconds between two checkpoints: what a kill or a power cut may cost. A checkpoint itself takes about 0.1 s. */
const interval = 60;
/** Seconds for which the last state of a run waits for space on a full disk, and how often it is tried. */
const patience = { seconds: 600, every: 10 };

/** Reads what is to be saved, as it stands. */
type ReadState = () => Promise<{ state: TrainingState; snapshots: Uint8Array | undefined }>;

interface Surroundings {
  work: Pick<WorkFolder, "save">;
  clock: Clock;
  progress: Pick<Progress, "always">;
  stop: Pick<StopRequest, "signal">;
}

type Position = Pick<TrainingState["progress"], "epoch" | "batch">;

/** Saves a run while it goes on, and knows what of it is safe. */
export class Checkpoints {
  private lastTried: number;
  private failing = false;

  /** @param safe where the checkpoint stands that is there already */
  constructor(
    private readonly around: Surroundings,
    private safe: Position | undefined,
  ) {
    this.lastTried = around.clock.now();
  }

  /** What is saved, in words: `epoch 1, batch 2`; undefined where nothing is. */
  get saved(): string | undefined {
    return this.safe && `epoch ${this.safe.epoch}, batch ${this.safe.batch}`;
  }

  /** Whether what is saved is where the training stands. */
  holds({ epoch, batch }: Position): boolean {
    return this.safe?.epoch === epoch && this.safe.batch === batch;
  }

  /** Whether a minute has passed since the last one. */
  get due(): boolean {
    return this.around.clock.now() - this.lastTried >= interval * 1000;
  }

  /** Saves in the middle of a run. Where the disk refuses, the run goes on, since somebody may mend that until its end. */
  async save(read: ReadState): Promise<void> {
    const { progress, clock } = this.around;
    try {
      await this.write(read);
      if (this.failing) progress.always(`saved after ${this.saved}`);
      this.failing = false;
    } catch (error) {
      if (!isFileError(error)) throw error;
      const safe = this.saved ? `what is saved ends after ${this.saved}` : "nothing is saved yet";
      if (!this.failing) {
        progress.always(`could not save: ${describeFault(error)}; ${safe}. The training goes on and tries again.`);
      }
      this.failing = true;
    } finally {
      this.lastTried = clock.now();
    }
  }

  /** Saves what a run ends with, which is nowhere else: on a full disk it waits for space. */
  async saveLast(read: ReadState): Promise<void> {
    const { progress, clock, stop } = this.around;
    const asked = stop.signal;
    const end = clock.now() + patience.seconds * 1000;
    for (let told = false; ; told = true) {
      try {
        return await this.write(read);
      } catch (error) {
        if (!isDiskFull(error) || clock.now() >= end || stop.signal !== asked) throw error;
        if (!told) {
          const tries = `saving is tried every ${patience.every} s for ${duration(patience.seconds)}`;
          progress.always(
            `${describeFault(error as NodeJS.ErrnoException)}; free some space: ${tries}, Ctrl-C gives up`,
          );
        }
        await clock.wait(patience.every * 1000);
      }
    }
  }

  private async write(read: ReadState): Promise<void> {
    const { state, snapshots } = await read();
    await this.around.work.save(state, snapshots);
    const { epoch, batch } = state.progress;
    this.safe = { epoch, batch };
  }
}
