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
});

it("where no Redis answers, that is said in one line without its password", async () => {
  await expect(BullmqQueue.open("redis://me:secret@127.0.0.1:1")).rejects.toThrow(
    /^expected a Redis at redis:\/\/…@127\.0\.0\.1:1 but .*ECONNREFUSED.*; start it, or set JOBS_URL to another$/,
  );
}, 20_000);
