import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BullmqQueue } from "../../packages/jobs/src/bullmq.ts";
import { markFolder } from "../../packages/jobs/src/shared-folder.ts";
import { processorSeconds } from "../fixtures/process-time.ts";
import { startProcess, writeFewDigits } from "../fixtures/trainer.ts";
import { startWorker, type WorkerProcess } from "../fixtures/worker.ts";
import { PoolRun } from "./pool.ts";
import { hasRedis, RedisServer } from "./redis-server.ts";

/**
 * Two workers on one Redis: whatever happens to one of them, a training is published once, with the weights of an unbroken run.
 */

const folder = mkdtempSync(join(tmpdir(), "pool-"));
const [runs, digits] = [join(folder, "runs"), join(folder, "digits")];
const asked = { recipe: "fast", engine: "wasm", epochs: 8, images: 200 } as const;
const waits = { timeout: 150_000, interval: 100 };

describe.skipIf(!hasRedis)("needs redis-server", () => {
  let redis: RedisServer;
  let queue: BullmqQueue;
  let unbroken: string;
  const workers: WorkerProcess[] = [];

  const start = (name: string): WorkerProcess => {
    const env = { JOBS_URL: redis.url, ARTIFACTS_DIR: runs, MNIST_DIR: digits };
    const worker = startWorker(env, ["--name", name]);
    workers.push(worker);
    return worker;
  };
  const stateOf = async (run: string) => (await queue.list()).find((job) => job.run === run);
  /** Ends as a machine ends that is switched off, or goes on as one that slept. */
  const signal = (worker: WorkerProcess, trainer: number, name: NodeJS.Signals) => {
    worker.child.kill(name);
    process.kill(trainer, name);
  };
  /** Adds a training, waits for its second epoch, since the first is saved then, and gives its worker. */
  const trained = async (run: PoolRun): Promise<WorkerProcess> => {
    await queue.add({ run: run.name, asked });
    await expect.poll(() => run.epochs(1).length, waits).toBeGreaterThan(1);
    const holder = (await stateOf(run.name))?.worker;
    return workers.find(({ said }) => said().startsWith(`worker ${holder}:`)) as WorkerProcess;
  };
  const finished = async (run: PoolRun) => {
    await expect.poll(async () => (await stateOf(run.name))?.state, waits).toBe("finished");
    expect(run.isPublished()).toBe(true);
    expect(run.publications()).toBe(1);
    expect(run.weights()).toBe(unbroken);
  };

  beforeAll(async () => {
    mkdirSync(runs, { recursive: true });
    writeFewDigits(digits, 28);
    const words = ["--recipe", "fast", "--engine", "wasm", "--epochs", "8", "--images", "200", "--data", digits];
    const reference = startProcess([...words, "--name", "unbroken"], runs);
    redis = await RedisServer.start();
    queue = await BullmqQueue.open(redis.url);
    expect((await reference.ended).code).toBe(0);
    unbroken = new PoolRun(runs, "unbroken").weights();
  }, 300_000);
  beforeEach(async () => {
    await markFolder(queue, runs);
    for (const name of ["one", "two"]) start(name);
  });
  afterEach(async () => {
    for (const { child } of workers) child.kill("SIGTERM");
    await Promise.all(workers.map(({ ended }) => ended));
    workers.length = 0;
  }, 60_000);
  afterAll(async () => {
    await queue.close();
    await redis.remove();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }, 60_000);

  it("kill -9 of one in mid-run: the other goes on from the newest checkpoint, and nothing runs again", async () => {
    const run = new PoolRun(runs, "killed");
    const worker = await trained(run);
    const done = run.epochs(1).length;
    signal(worker, run.trainer(1), "SIGKILL");
    await finished(run);
    expect(run.attempts()).toEqual([1, 2]);
    const resumed = run.events(2).find(({ event }) => event === "resumed");
    expect(resumed).toMatchObject({ event: "resumed" });
    expect(run.epochs(2)[0]).toBeGreaterThanOrEqual(done); // an epoch is told before it is saved
    expect(run.epochs(2).at(-1)).toBe(8);
    const other = workers.find((one) => one !== worker) as WorkerProcess;
    const [before, began] = [processorSeconds(other.child.pid as number), performance.now()];
    await queue.add({ run: "next", asked: { ...asked, epochs: 1 } });
    await expect.poll(async () => (await stateOf("next"))?.state, waits).toBe("finished");
    const seconds = (performance.now() - began) / 1000;
    const share = (100 * (processorSeconds(other.child.pid as number) - before)) / seconds;
    process.stdout.write(`a worker beside its trainer: ${share.toFixed(1)} % of a core in ${seconds.toFixed(0)} s\n`);
    expect(run.attempts()).toEqual([1, 2]);
  });

  it("one that sleeps for 60 s and wakes up publishes nothing a second time", async () => {
    const run = new PoolRun(runs, "asleep");
    const worker = await trained(run);
    const sleeper = run.trainer(1);
    signal(worker, sleeper, "SIGSTOP");
    const slept = performance.now();
    await finished(run);
    await wait(Math.max(0, 60_000 - (performance.now() - slept)));
    signal(worker, sleeper, "SIGCONT");
    await expect.poll(() => worker.said(), waits).toMatch(/asleep: (the lease was lost|finished)/);
    await finished(run);
    expect(run.attempts()).toEqual([1, 2]);
    const left = [1, 2].flatMap((attempt) => readdirSync(join(runs, ".work/asleep", `attempt-${attempt}`)));
    expect(left.filter((name) => name === "publish")).toEqual([]);
    expect(existsSync(join(runs, ".replaced"))).toBe(false);
  });

  it("a Redis that is killed and started again goes on with its append-only file", async () => {
    const [run, later] = [new PoolRun(runs, "restarted"), new PoolRun(runs, "later")];
    await trained(run);
    await queue.add({ run: later.name, asked });
    await wait(1500); // the append-only file is synced every second
    await redis.stop("SIGKILL");
    await wait(2000);
    await redis.start();
    await finished(run);
    await finished(later);
  });

  it("a worker that is told to end saves, gives back, and another goes on; one that is cancelled stops", async () => {
    const run = new PoolRun(runs, "given-back");
    const worker = await trained(run);
    worker.child.kill("SIGTERM");
    expect(await worker.ended).toBe(0);
    expect(worker.said()).toContain("given-back: saved, and given back");
    await expect.poll(() => run.epochs(2).length, waits).toBeGreaterThan(0);
    expect(run.events(2).some(({ event }) => event === "resumed")).toBe(true);
    await queue.cancel(run.name);
    await expect.poll(async () => (await stateOf(run.name))?.state, waits).toBe("stopped");
    expect(run.isPublished()).toBe(false);
    await queue.add({ run: run.name, asked });
    await finished(run);
  });
});

describe.skipIf(!hasRedis)("needs redis-server", () => {
  it("a worker refuses a pool without a site, and a folder that is not the site's", async () => {
    const redis = await RedisServer.start();
    const queue = await BullmqQueue.open(redis.url);
    const env = { JOBS_URL: redis.url, ARTIFACTS_DIR: runs };
    const early = startWorker(env);
    expect(await early.ended).toBe(1);
    expect(early.said()).toMatch(
      /^error: expected a site that uses this queue but there was none yet; start the site/m,
    );
    await markFolder(queue, runs);
    const astray = startWorker({ ...env, ARTIFACTS_DIR: digits });
    expect(await astray.ended).toBe(1);
    expect(astray.said()).toMatch(/^error: expected the site's mark in .* but it is not there; set ARTIFACTS_DIR/m);
    await expect(markFolder(queue, digits)).rejects.toThrow(/but .*digits is another; share that folder/);
    await queue.close();
    await redis.remove();
  });
});

it("a worker says what its environment lacks", async () => {
  const lost = startWorker({});
  expect(await lost.ended).toBe(2);
  expect(lost.said()).toBe(
    "error: expected JOBS_URL to name the pool's queue but it is not set; npm run worker -- --help has its forms\n",
  );
  const odd = startWorker({ JOBS_URL: "http://me:secret@pool" });
  expect(await odd.ended).toBe(1);
  expect(odd.said()).toBe(
    "error: JOBS_URL: expected redis://…, rediss://… or file: but got http:; set it to one of these\n",
  );
});
