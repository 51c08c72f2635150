import { Network } from "./network.ts";
import type { NetworkFiles } from "./procedures.ts";

/** Networks of other runs than the page's own, for figures that compare: each is loaded when it is first asked. */
export class OtherNetworks {
  readonly #startBackend: () => Promise<void>;
  readonly #opened = new Map<string, Promise<Network>>();

  constructor(startBackend: () => Promise<void>) {
    this.#startBackend = startBackend;
  }

  /** @throws ModelProblem where its files do not come or do not open; the next question tries again */
  open(files: NetworkFiles): Promise<Network> {
    const weights = `${files.encoder.weights.sha256} ${files.decoder.weights.sha256}`;
    const known = this.#opened.get(weights);
    if (known) return known;
    const opening = Network.open(files, this.#startBackend());
    this.#opened.set(weights, opening);
    opening.catch(() => this.#opened.delete(weights));
    return opening;
  }
}
