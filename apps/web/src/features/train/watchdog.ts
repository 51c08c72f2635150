/** Milliseconds between two ticks of a watchdog. */
const tick = 1000;

/**
 * Notices that something has fallen silent. Only time in which the page's own timer ticked counts, a tick each: while a laptop
 * sleeps, or a browser holds a hidden page's timers back, whoever is silent may be asleep too.
 */
export class Watchdog {
  private ticks = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly onSilence: (seconds: number) => void) {}

  /** Counts anew. @param seconds of silence that are too many */
  watch(seconds: number): void {
    this.rest();
    this.ticks = 0;
    this.timer = setInterval(() => {
      this.ticks += 1;
      if (this.ticks * tick < seconds * 1000) return;
      this.rest();
      this.onSilence(seconds);
    }, tick);
  }

  rest(): void {
    clearInterval(this.timer);
  }
}
