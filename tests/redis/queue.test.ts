import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BullmqQueue } from "../../packages/jobs/src/bullmq.ts";
import { describeQueue } from "../../packages/jobs/src/queue-contract.ts";
import { hasRedis, RedisServer } from "./redis-server.ts";

/** The queue's contract on a real Redis. */

describe.skipIf(!hasRedis)("needs redis-server", () => {
  let server: RedisServer;
  let count = 0;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.remove());

  describeQueue("a queue on Redis", {
    open: () => BullmqQueue.open(server.url, { leaseSeconds: 1, name: `contract-${count}` }),
    clear: async () => {
      count += 1;
    },
  });

  it("holds the trainings of a class of 500", async () => {
    const queue = await BullmqQueue.open(server.url, { name: "class" });
    const asked = { recipe: "fast", epochs: 3, images: 6000 } as const;
    const seconds = async (work: () => Promise<unknown>) => {
      const began = performance.now();
      await work();
      return (performance.now() - began) / 1000;
    };
    const runs = Array.from({ length: 500 }, (_, index) => `student-${index}`);
    const added = await seconds(() => Promise.all(runs.map((run) => queue.add({ run, asked }))));
    const listed = await seconds(() => queue.list());
    const taken = await seconds(async () => {
      for (const _ of runs) {
        const lease = await queue.lease("a");
        if (lease) await queue.finish(lease, { state: "finished" });
      }
    });
    expect((await queue.list()).filter(({ state }) => state === "finished")).toHaveLength(50);
    await queue.close();
    const told = { added, listed, taken };
    process.stdout.write(`500 trainings, seconds: ${JSON.stringify(told)}\n`);
    expect(listed).toBeLessThan(2);
  });
});

it("where no Redis answers, that is said in one line without its password", async () => {
  await expect(BullmqQueue.open("redis://me:secret@127.0.0.1:1")).rejects.toThrow(
    /^expected a Redis at redis:\/\/…@127\.0\.0\.1:1 but .*ECONNREFUSED.*; start it, or set JOBS_URL to another$/,
  );
}, 20_000);
