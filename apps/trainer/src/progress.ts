import { type EpochRecord, eventLine, type TrainerEvent } from "@autoencoder/model/run";
import type { TrainingEvent } from "@autoencoder/model/training";

type BatchEvent = Extract<TrainingEvent, { kind: "batch" }>;

/** Where lines go. `columns` is undefined where it is no terminal. */
export interface Output {
  write(text: string): void;
  columns: number | undefined;
}

/** How much is told, and to whom. */
export interface Telling {
  /** Only what was asked for and what went wrong. */
  quiet?: boolean;
  /** Where events go, an object a line. */
  events?: Pick<Output, "write"> | undefined;
}

/** Milliseconds between two steps that a program is told of. */
const betweenSteps = 1000;

/** A progress bar on a terminal, one line per epoch elsewhere. */
export class Progress {
  private lastDrawn = Number.NEGATIVE_INFINITY;
  private lastTold = Number.NEGATIVE_INFINITY;
  private drawn = false;

  constructor(
    private readonly output: Output,
    private readonly epochs: number,
    private readonly telling: Telling = {},
  ) {}

  /** A whole line, above the bar where there is one. */
  line(text: string): void {
    if (!this.telling.quiet) this.always(text);
  }

  /** A line that a person should see in any case: the result, or what went wrong. */
  always(text: string): void {
    this.clear();
    this.output.write(`${text}\n`);
  }

  /** The same for a program. */
  tell(event: TrainerEvent): void {
    this.telling.events?.write(eventLine(event));
  }

  /** What is being done, on a terminal, until something else is printed. */
  passing(text: string): void {
    const { columns } = this.output;
    if (columns === undefined || this.telling.quiet) return;
    this.output.write(`\r${text.slice(0, columns - 1)}\u001b[K`);
    this.drawn = true;
  }

  /** @param now milliseconds */
  batch(event: BatchEvent, now: number): void {
    this.step(event, now);
    const { columns } = this.output;
    if (columns === undefined || (now - this.lastDrawn < 100 && event.batch < event.batches)) return;
    this.lastDrawn = now;
    const { epoch, batch, batches, runningLoss, imagesPerSecond } = event;
    const left = duration(timeLeft(event, this.epochs));
    const head = `epoch ${String(epoch).padStart(String(this.epochs).length)}/${this.epochs} `;
    const speed = `${imagesPerSecond.toFixed(0)} images/s`;
    const tail = ` ${batch}/${batches}  loss ${runningLoss.toFixed(5)}  ${speed}  ${left} left`;
    const width = Math.min(30, columns - head.length - tail.length - 1);
    const filled = Math.round((batch / batches) * Math.max(0, width));
    const bar = width >= 5 ? "█".repeat(filled) + "░".repeat(width - filled) : "";
    this.passing(head + bar + tail);
  }

  private step(event: BatchEvent, now: number): void {
    if (now - this.lastTold < betweenSteps && event.batch < event.batches) return;
    this.lastTold = now;
    const { epoch, batch, batches, runningLoss: loss, imagesPerSecond } = event;
    const secondsLeft = timeLeft(event, this.epochs);
    this.tell({ event: "step", epoch, batch, batches, loss, imagesPerSecond, secondsLeft });
  }

  epoch({ epoch, loss, valLoss, seconds, imagesPerSecond, residentBytes }: EpochRecord): void {
    const cells = [
      `loss ${fixed(loss)}`,
      `validation loss ${fixed(valLoss)}`,
      duration(seconds),
      `${imagesPerSecond.toFixed(0)} images/s`,
      `${(residentBytes / 2 ** 20).toFixed(0)} MiB`,
    ];
    this.line(`epoch ${String(epoch).padStart(String(this.epochs).length)}/${this.epochs}  ${cells.join("  ")}`);
  }

  private clear(): void {
    if (this.drawn) this.output.write("\r\u001b[K");
    this.drawn = false;
  }
}

/** Seconds to the end of the last epoch at this epoch's pace, validation left out. */
function timeLeft({ batch, batches, epoch, epochSeconds }: BatchEvent, epochs: number): number {
  return (epochSeconds / batch) * (batches - batch + (epochs - epoch) * batches);
}

/** `42 s`, `3 min 5 s`, `1 h 12 min` */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
  return `${Math.floor(rounded / 3600)} h ${Math.round((rounded % 3600) / 60)} min`;
}

function fixed(value: number | null): string {
  return value === null ? "–" : value.toFixed(5);
}
