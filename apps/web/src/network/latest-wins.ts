/** What became of a piece of work: its result, or the word that newer work took its place before it began. */
export type Latest<Result> = { superseded: false; result: Result } | { superseded: true };

/**
 * Lets one piece of work run at a time and keeps only the newest of those that wait: while one draws, digits come
 * faster than a slow phone computes them, and only the last one matters.
 */
export function latestWins<Input, Result>(work: (input: Input) => Promise<Result>) {
  let running = false;
  let waiting: { input: Input; settle: (outcome: Latest<Result>) => void; fail: (error: unknown) => void } | undefined;

  const run = async (next: NonNullable<typeof waiting>): Promise<void> => {
    running = true;
    try {
      next.settle({ superseded: false, result: await work(next.input) });
    } catch (error) {
      next.fail(error);
    }
    running = false;
    const following = waiting;
    waiting = undefined;
    if (following) await run(following);
  };

  return (input: Input): Promise<Latest<Result>> =>
    new Promise((settle, fail) => {
      waiting?.settle({ superseded: true });
      waiting = undefined;
      const next = { input, settle, fail };
      if (running) waiting = next;
      else void run(next);
    });
}
