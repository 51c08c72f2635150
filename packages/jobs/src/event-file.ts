import { type FileHandle, open } from "node:fs/promises";
import { type TrainerEvent, trainerEvent } from "@autoencoder/model/run";

/** Where an event stands among all that this machine's trainings told: attempts follow one another. */
export interface EventPlace {
  /** From 1, over all trainings. */
  readonly attempt: number;
  /** Of the attempt, from 0, which is the line that begins it. */
  readonly line: number;
}

export interface PlacedEvent extends EventPlace {
  readonly event: TrainerEvent;
}

/** `12.345`: attempt and line, as a page keeps it. */
export function placeId({ attempt, line }: EventPlace): string {
  return `${attempt}.${line}`;
}

export const placePattern = /^(\d{1,9})\.(\d{1,9})$/;

/** @throws Error where it is none: a schema has looked at it before */
export function placeOf(id: string): EventPlace {
  const [, attempt, line] = placePattern.exec(id) ?? [];
  if (attempt === undefined || line === undefined) throw new Error(`expected ATTEMPT.LINE but got ${id}`);
  return { attempt: Number(attempt), line: Number(line) };
}

export function isAfter(one: EventPlace, other: EventPlace): boolean {
  return one.attempt === other.attempt ? one.line > other.line : one.attempt > other.attempt;
}

/** Bytes that are read of a file at most: a week of a line a second. */
const mostBytes = 100_000_000;
const atOnce = 64 * 1024;

/** The events of a run in its work folder, read as far as they are written. A line counts once its end is there. */
export class EventFile {
  readonly events: PlacedEvent[] = [];
  #place = { attempt: 0, line: 0 };
  #offset = 0;
  #rest: Buffer = Buffer.alloc(0);
  #reading: Promise<void> = Promise.resolve();

  constructor(private readonly path: string) {}

  /** Reads what has been appended since; nothing where there is no file. */
  read(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#readOn());
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    let file: FileHandle;
    try {
      file = await open(this.path, "r");
    } catch {
      return;
    }
    try {
      const buffer = Buffer.alloc(atOnce);
      while (this.#offset < mostBytes) {
        const { bytesRead } = await file.read(buffer, 0, atOnce, this.#offset);
        if (bytesRead === 0) return;
        this.#offset += bytesRead;
        this.#take(buffer.subarray(0, bytesRead));
      }
    } finally {
      await file.close();
    }
  }

  /** Cuts bytes, not text, into lines: what is read may end within a letter. */
  #take(bytes: Buffer): void {
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      this.#line(Buffer.concat([this.#rest, bytes.subarray(from, end)]));
      this.#rest = Buffer.alloc(0);
      from = end + 1;
    }
    this.#rest = Buffer.concat([this.#rest, bytes.subarray(from)]);
  }

  #line(bytes: Buffer): void {
    this.#place.line += 1;
    const event = parsed(bytes);
    if (event?.event === "attempt") this.#place = { attempt: event.attempt, line: 0 };
    // A line that a killed trainer did not finish is none, but it is counted: those after it keep their numbers.
    if (event) this.events.push({ ...this.#place, event });
  }
}

function parsed(bytes: Buffer): TrainerEvent | undefined {
  try {
    return trainerEvent.safeParse(JSON.parse(bytes.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}
