/** Milliseconds between two pings. */
const interval = 2_000;

/** A ping at 2, 4, 6 and 8 s without an answer: at 10 s the worker counts as dead. */
const missedPings = 5;

/** Before its first word a worker is still on its way: a slow line needs three minutes for its program. */
const missedWhileLoading = 90;

/**
 * Whether a worker that owes an answer is alive. A worker can die without any event (the browser takes its memory, or it
 * closes itself), so it is asked every two seconds while the page is looked at. Silence is counted in ticks of a timer
 * rather than by the clock, so that a page that slept does not take its worker for dead.
 */
export class Pulse {
  readonly #ping: () => void;
  readonly #onSilence: (lived: boolean) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Ticks since the last word. */
  #silent = 0;
  #lived = false;
  /** Grows with each worker that was given up: it may only have been slow, and the next one gets more time. */
  #patience = 1;

  /** @param onSilence told that the worker says nothing, and whether it ever said something */
  constructor(ping: () => void, onSilence: (lived: boolean) => void) {
    this.#ping = ping;
    this.#onSilence = onSilence;
  }

  /** Watches, as long as something is asked. */
  start(): void {
    if (this.#timer !== undefined) return;
    this.#silent = 0;
    this.#timer = setInterval(() => this.#tick(), interval);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** The worker said something. */
  heard(): void {
    this.#silent = 0;
    this.#lived = true;
  }

  /** There is another worker, or soon will be. */
  reset(): void {
    this.#silent = 0;
    this.#lived = false;
  }

  #tick(): void {
    // Behind other pages timers are slow and workers may be frozen: nothing is concluded there.
    if (globalThis.document?.visibilityState === "hidden") {
      this.#silent = 0;
      return;
    }
    const lived = this.#lived;
    if (++this.#silent < (lived ? missedPings * this.#patience : missedWhileLoading)) this.#ping();
    else {
      if (lived) this.#patience *= 3;
      this.#onSilence(lived);
    }
  }
}
