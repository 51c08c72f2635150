import { LRUCache } from "lru-cache";
import { stillHolds } from "../src/server/dependencies.ts";
import { type Encoded, encode } from "./encoded.ts";
import type { Page } from "./render.ts";

/** A page as it lies ready, in each encoding. */
export type ReadyPage = Omit<Page, "html"> & Encoded;

/** All pages of some hundred runs; a chapter takes about 250 kB in its three encodings. */
const mostBytes = 64_000_000;

/** Pages that were rendered once, each until something that it was made from is another. */
export class KeptPages {
  readonly #kept: LRUCache<string, ReadyPage>;
  readonly #running = new Map<string, Promise<ReadyPage>>();

  constructor(
    private readonly render: (key: string) => Promise<Page>,
    most = mostBytes,
  ) {
    this.#kept = new LRUCache({ maxSize: most, sizeCalculation: ({ bytes }) => sizeOf(bytes) });
  }

  /** The page as the files are now. */
  async get(key: string): Promise<ReadyPage> {
    const kept = this.#kept.get(key);
    if (kept && (await stillHolds(kept.dependencies))) return kept;
    const running = this.#running.get(key);
    if (running) {
      // It began before this request, and may have read what has been written since.
      const page = await running;
      if (await stillHolds(page.dependencies)) return page;
    }
    return this.#running.get(key) ?? this.#start(key);
  }

  #start(key: string): Promise<ReadyPage> {
    const page = this.#make(key).finally(() => this.#running.delete(key));
    this.#running.set(key, page);
    return page;
  }

  async #make(key: string): Promise<ReadyPage> {
    const { html, ...page } = await this.render(key);
    // What is wrong, or not there, is looked at anew each time: a stranger can make up any number of names. And every page
    // shows a run at its foot: one that seems to depend on nothing would be shown for good.
    const keeps = page.status === 200 && page.dependencies.length > 0;
    const ready = { ...page, ...(await encode(html, JSON.stringify(page.headers), keeps)) };
    if (keeps) this.#kept.set(key, ready);
    else this.#kept.delete(key);
    return ready;
  }
}

function sizeOf(bytes: Encoded["bytes"]): number {
  return Object.values(bytes).reduce((sum, { length }) => sum + length, 0);
}
