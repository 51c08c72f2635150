import { LRUCache } from "lru-cache";
import type { Dependency } from "../src/server/dependencies.ts";
import { Checks } from "./checks.ts";
import type { Encoding } from "./encoded.ts";

/** What can be kept: what it was made from, and its bytes in each encoding. */
export interface Keepable {
  readonly status: number;
  readonly dependencies: readonly Dependency[];
  readonly bytes: Readonly<Partial<Record<Encoding, Buffer>>>;
}

/** Something in the making, for some readers. */
interface Running<Value> {
  readonly made: Promise<Value>;
  /** Those who still wait. */
  readers: number;
  readonly controller: AbortController;
}

/** Answers that were made once, each until something that it was made from is another. */
export class Kept<Value extends Keepable> {
  readonly #kept: LRUCache<string, Value>;
  readonly #running = new Map<string, Running<Value>>();
  readonly #checks = new Checks();

  /**
   * @param mostBytes of all that is kept: what was asked for longest ago goes first
   * @param mostEach bytes of one answer: what is larger is made again
   */
  constructor(mostBytes: number, mostEach = mostBytes) {
    this.#kept = new LRUCache({
      maxSize: mostBytes,
      maxEntrySize: mostEach,
      sizeCalculation: (value, key) => key.length + sizeOf(value),
    });
  }

  /**
   * The answer as the files are now.
   * @param make its signal is aborted when every reader who waits has left
   * @param reader aborted when this reader has left
   */
  async get(key: string, make: (signal: AbortSignal) => Promise<Value>, reader?: AbortSignal): Promise<Value> {
    const kept = this.#kept.get(key);
    if (kept && (await this.#checks.holds(kept.dependencies))) return kept;
    const running = this.#running.get(key);
    if (running) {
      // It began before this request, and may have read what has been written since.
      const value = await this.#wait(key, running, reader);
      if (reader?.aborted || (await this.#checks.holds(value.dependencies))) return value;
    }
    return this.#wait(key, this.#running.get(key) ?? this.#start(key, make), reader);
  }

  #start(key: string, make: (signal: AbortSignal) => Promise<Value>): Running<Value> {
    const controller = new AbortController();
    const made = this.#make(key, make, controller.signal).finally(() => this.#forget(key, running));
    const running: Running<Value> = { made, readers: 0, controller };
    this.#running.set(key, running);
    return running;
  }

  async #make(key: string, make: (signal: AbortSignal) => Promise<Value>, signal: AbortSignal): Promise<Value> {
    const value = await make(signal);
    if (isKept(value)) this.#kept.set(key, value);
    else this.#kept.delete(key);
    return value;
  }

  async #wait(key: string, running: Running<Value>, reader: AbortSignal | undefined): Promise<Value> {
    running.readers += 1;
    const leave = () => {
      running.readers -= 1;
      if (running.readers > 0) return;
      this.#forget(key, running); // nobody who comes now shall wait for what is called off
      running.controller.abort();
    };
    if (reader?.aborted) leave();
    reader?.addEventListener("abort", leave);
    try {
      return await running.made;
    } finally {
      reader?.removeEventListener("abort", leave);
    }
  }

  #forget(key: string, running: Running<Value>): void {
    if (this.#running.get(key) === running) this.#running.delete(key);
  }
}

/**
 * What is wrong, or not there, is looked at anew each time: a stranger can make up any number of names. What seems to depend
 * on nothing would be kept for good; a page shows a run at its foot, and nearly every question names one.
 */
export function isKept({ status, dependencies }: Pick<Keepable, "status" | "dependencies">): boolean {
  return status === 200 && dependencies.length > 0;
}

/** Roughly the bytes that something takes in memory: the answers of the API are hardly longer than what they depend on. */
function sizeOf({ bytes, dependencies }: Keepable): number {
  const named = dependencies.reduce((sum, { path, state }) => sum + path.length + state.length, 0);
  return Object.values(bytes).reduce((sum, { length }) => sum + length, named);
}
