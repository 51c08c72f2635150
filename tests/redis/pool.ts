import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TrainerEvent, trainerEvent } from "@autoencoder/model/run";

/** A run of the pool as its folder shows it. */
export class PoolRun {
  readonly #work: string;

  constructor(
    private readonly artifacts: string,
    readonly name: string,
  ) {
    this.#work = join(artifacts, ".work", name);
  }

  attempts(): number[] {
    if (!existsSync(this.#work)) return [];
    return readdirSync(this.#work).map((name) => Number(name.replace("attempt-", "")));
  }

  events(attempt: number): TrainerEvent[] {
    const path = join(this.#work, `attempt-${attempt}`, "events.jsonl");
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => trainerEvent.parse(JSON.parse(line)));
  }

  /** Epochs that an attempt trained. */
  epochs(attempt: number): number[] {
    return this.events(attempt).flatMap((event) => (event.event === "epoch" ? event.epoch : []));
  }

  /** How often it was published, over all attempts. */
  publications(): number {
    const all = this.attempts().flatMap((attempt) => this.events(attempt));
    return all.filter(({ event }) => event === "published").length;
  }

  /** The process that trains, as its lock names it. */
  trainer(attempt: number): number {
    const lock = JSON.parse(readFileSync(join(this.#work, `attempt-${attempt}`, "lock"), "utf8"));
    return lock.process as number;
  }

  isPublished(): boolean {
    return existsSync(join(this.artifacts, this.name, "run.json"));
  }

  weights(): string {
    const bytes = readFileSync(join(this.artifacts, this.name, "autoencoder/weights.bin"));
    return createHash("sha256").update(bytes).digest("hex");
  }
}
