import { listRuns } from "../src/server/run-store.ts";

/** How the server is, for those who watch it: `/healthz`. */
export class Health {
  #ready = false;
  readonly #started: number;

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    private readonly version: string,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#started = now();
  }

  /** Every page of the default run was rendered once. */
  becomeReady(): void {
    this.#ready = true;
  }

  async answer(): Promise<{ status: 200 | 503; body: Record<string, unknown> }> {
    if (!this.#ready) return { status: 503, body: { status: "starting" } };
    const runs = await listRuns();
    return {
      status: 200,
      body: {
        status: "ready",
        version: this.version,
        uptimeSeconds: Math.round((this.now() - this.#started) / 1000),
        runs: {
          shown: runs.filter(({ result }) => result.ok).length,
          broken: runs.filter(({ result }) => !result.ok).length,
        },
      },
    };
  }
}
