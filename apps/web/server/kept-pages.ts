import { type Encoded, encode } from "./encoded.ts";
import { isKept, Kept } from "./kept.ts";
import type { Page } from "./render.ts";

/** A page as it lies ready, in each encoding. */
export type ReadyPage = Omit<Page, "html"> & Encoded;

/** All pages of some hundred runs; a chapter takes about 250 kB in its three encodings. */
const mostBytes = 64_000_000;

/** Pages that were rendered once. */
export class KeptPages {
  readonly #kept: Kept<ReadyPage>;

  constructor(
    private readonly render: (key: string) => Promise<Page>,
    most = mostBytes,
  ) {
    this.#kept = new Kept(most);
  }

  /** The page as the files are now. */
  get(key: string): Promise<ReadyPage> {
    return this.#kept.get(key, () => this.#make(key));
  }

  async #make(key: string): Promise<ReadyPage> {
    const { html, ...page } = await this.render(key);
    return { ...page, ...(await encode(html, JSON.stringify(page.headers), isKept(page))) };
  }
}
