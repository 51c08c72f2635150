import { type Encoded, encode } from "./encoded.ts";
import { isKept, Kept } from "./kept.ts";
import type { Page } from "./render.ts";

/** A page as it lies ready, in each encoding. */
export type ReadyPage = Omit<Page, "html"> & Encoded;

/** All pages of some hundred runs; a chapter takes about 250 kB in its three encodings. */
const mostBytes = 64_000_000;

/** Pages in the making at a time, whatever names strangers make up: there is one thread that renders, and one that reads. */
const mostAtOnce = 4;

/** What is handed to readers who have all left before their page was begun. */
const nobodysPage: ReadyPage = {
  status: 499,
  headers: {},
  dependencies: [],
  etag: "",
  bytes: { identity: Buffer.alloc(0) },
};

/** Pages that were rendered once. */
export class KeptPages {
  readonly #kept: Kept<ReadyPage>;
  readonly #waiting: (() => void)[] = [];
  #making = 0;

  constructor(
    private readonly render: (key: string) => Promise<Page>,
    most = mostBytes,
  ) {
    this.#kept = new Kept(most);
  }

  /** The page as the files are now. @param reader aborted when he has left */
  get(key: string, reader?: AbortSignal): Promise<ReadyPage> {
    return this.#kept.get(key, (signal) => this.#inTurn(() => this.#make(key, signal)), reader);
  }

  async #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#making < mostAtOnce) this.#making += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve)); // its place is handed over
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#making -= 1;
    }
  }

  async #make(key: string, signal: AbortSignal): Promise<ReadyPage> {
    if (signal.aborted) return nobodysPage;
    const { html, ...page } = await this.render(key);
    return { ...page, ...(await encode(html, JSON.stringify(page.headers), isKept(page))) };
  }
}
