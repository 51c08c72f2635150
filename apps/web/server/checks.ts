import { type Dependency, stillHolds } from "../src/server/dependencies.ts";

/**
 * Whether kept answers are still right. Requests that come in one turn of the event loop share the look at their files, which
 * begins when the turn is over: whatever was written before a request came is seen by it.
 */
export class Checks {
  readonly #waiting = new Map<readonly Dependency[], Promise<boolean>>();

  /** @param look begins to look at the files */
  constructor(private readonly look: (dependencies: readonly Dependency[]) => Promise<boolean> = stillHolds) {}

  /** @param dependencies one array for one kept answer: those who ask about the same array share a look */
  holds(dependencies: readonly Dependency[]): Promise<boolean> {
    const waiting = this.#waiting.get(dependencies);
    if (waiting) return waiting;
    const check = new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.#waiting.delete(dependencies);
      return this.look(dependencies);
    });
    this.#waiting.set(dependencies, check);
    return check;
  }
}
