import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { JobQueue, Lease } from "./queue.ts";

/** What every backend of the queue keeps to, asked of two machines. */

interface Machines {
  /** Opens the queue as one machine does; a lease holds a second. */
  open: () => Promise<JobQueue>;
  /** Forgets it between two tests. */
  clear: () => Promise<void>;
}

export function describeQueue(name: string, { open, clear }: Machines): void {
  describe(name, () => {
    let [one, other]: JobQueue[] = [];
    const machines = () => [one, other] as [JobQueue, JobQueue];
    beforeEach(async () => {
      [one, other] = await Promise.all([open(), open()]);
    });
    afterEach(async () => {
      await Promise.all(machines().map((queue) => queue.close()));
      await clear();
    });
    const asked = { recipe: "fast", epochs: 1 } as const;
    const states = async () => (await machines()[0].list()).map(({ run, state }) => `${run} ${state}`);
    const taken = async (queue: JobQueue, worker = "a"): Promise<Lease> => {
      const lease = await queue.lease(worker);
      if (!lease) throw new Error("expected a training that waits but there is none");
      return lease;
    };

    it("gives trainings in the order in which they were added, each to one machine", async () => {
      const [first, second] = machines();
      for (const run of ["one", "two", "three"]) await first.add({ run, asked });
      const leases = await Promise.all([first.lease("a"), second.lease("b"), first.lease("a"), second.lease("b")]);
      expect(leases.flatMap((lease) => lease?.run ?? []).sort()).toEqual(["one", "three", "two"]);
      expect(leases.find((lease) => lease?.run === "one")?.asked).toEqual(asked);
      expect(await first.lease("a")).toBeUndefined();
    });

    it("one that is added twice is there once; one that has ended begins anew", async () => {
      const [first] = machines();
      await first.add({ run: "one", asked });
      await first.add({ run: "one", asked });
      expect(await states()).toEqual(["one waiting"]);
      const lease = await taken(first);
      await first.add({ run: "one", asked });
      expect(await states()).toEqual(["one running"]);
      expect(await first.finish(lease, { state: "failed", said: "the disk is full" })).toBe(true);
      expect(await first.list()).toMatchObject([{ run: "one", state: "failed", said: "the disk is full" }]);
      await first.add({ run: "one", asked });
      expect(await states()).toEqual(["one waiting"]);
      expect(await first.renew(await taken(first))).toBe("held");
    });

    it("a lease that is renewed is held; one that is not goes to another machine, and its holder hears of it", async () => {
      const [first, second] = machines();
      await first.add({ run: "one", asked });
      const lease = await taken(first);
      for (let count = 0; count < 5; count++) {
        await wait(400);
        expect(await first.renew(lease)).toBe("held");
        expect(await second.lease("b")).toBeUndefined();
      }
      const later = await vi.waitFor(() => taken(second, "b"), { timeout: 10_000, interval: 100 });
      expect(await first.renew(lease)).toBe("lost");
      expect(await first.finish(lease, { state: "finished" })).toBe(false);
      expect(await states()).toEqual(["one running"]);
      expect(await second.renew(later)).toBe("held");
      expect(await second.finish(later, { state: "finished" })).toBe(true);
      expect(await states()).toEqual(["one finished"]);
      expect(await second.lease("b")).toBeUndefined();
    });

    it("the newest event is listed, with who trains; a lost lease tells nothing", async () => {
      const [first, second] = machines();
      await first.add({ run: "one", asked });
      const lease = await taken(first, "machine a");
      const event = { event: "resumed", epoch: 2, batch: 7 } as const;
      await first.progress(lease, event);
      expect(await second.list()).toMatchObject([{ run: "one", worker: "machine a", event }]);
      await first.progress({ ...lease, token: "another" }, { ...event, epoch: 3 });
      expect(await second.list()).toMatchObject([{ event }]);
    });

    it("one that waits is taken out; of one that runs the worker hears", async () => {
      const [first, second] = machines();
      await first.add({ run: "one", asked });
      await first.add({ run: "two", asked });
      const lease = await taken(first);
      await second.cancel("two");
      await second.cancel("nothing");
      expect(await states()).toEqual(["one running"]);
      expect(await first.renew(lease)).toBe("held");
      await second.cancel("one");
      expect(await first.renew(lease)).toBe("cancel");
      expect(await first.finish(lease, { state: "stopped" })).toBe(true);
      await second.cancel("one");
      expect(await states()).toEqual(["one stopped"]);
    });

    it("one that is given back is the next again", async () => {
      const [first, second] = machines();
      await first.add({ run: "one", asked });
      const lease = await taken(first);
      expect(await first.finish(lease, { state: "waiting" })).toBe(true);
      expect(await states()).toEqual(["one waiting"]);
      expect((await taken(second, "b")).run).toBe("one");
      expect(await first.renew(lease)).toBe("lost");
    });

    it("keeps the first mark of a folder", async () => {
      const [first, second] = machines();
      expect(await first.folderMark()).toBeUndefined();
      expect(await first.folderMark("one")).toBe("one");
      expect(await second.folderMark("other")).toBe("one");
      expect(await second.folderMark()).toBe("one");
    });
  });
}
