import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { known, openQueue, trainersIn } from "@autoencoder/jobs";
import { inject } from "light-my-request";
import packageJson from "../package.json" with { type: "json" };
import { dataThread } from "../src/data-thread/data-thread.ts";
import { folders, listening, logFormat, poolUrl, trainerSettings, trainingDoor, warmsUp } from "../src/server/env.ts";
import { Jobs, type Trainings } from "../src/server/jobs/jobs.ts";
import { PoolTrainings } from "../src/server/jobs/pool-trainings.ts";
import { DataAnswers } from "./data-answers.ts";
import { createFront } from "./front.ts";
import { Health } from "./health.ts";
import { KeptPages } from "./kept-pages.ts";
import { createLog, takeOverConsole } from "./log.ts";
import { rebuildThread } from "./rebuild-thread.ts";
import { refusalOf } from "./refusal.ts";
import { renderPage } from "./render.ts";
import { createSiteServer, stopServer } from "./site-server.ts";
import { startLines } from "./start-lines.ts";
import { answerTraining } from "./training.ts";
import { pageAddresses, routeAddresses, warmUp } from "./warm-up.ts";

/** The site's server: `node .server/main.mjs` in apps/web. With `--dev` pages are made anew each time and reload as they change. */

const dev = process.argv.includes("--dev");
const { here, format, door } = settings();
const log = createLog(format, (line) => process.stderr.write(line));
if (format === "json") takeOverConsole(log);
const health = new Health(packageJson.version);

// Next hears of each page through this; until it is prepared, they wait.
const next: RequestListener = async (request, response) => (await prepared).handle(request, response);
const pages = dev ? undefined : new KeptPages((key) => renderPage(next, key));
const data = new DataAnswers((question, reader) => dataThread().ask(question, reader), { keeps: !dev });
const trainers = trainersIn(trainerSettings());
const jobs = await trainings();
const training = answerTraining({ door: { ...door, listens: here.address }, jobs, trainers });
const front = createFront({ here, health, data, training, next, log, ...(pages && { pages }) });
const server = createSiteServer(front);
const listens = listen();
const prepared = listens.then(prepareNext);

// As Next's own server has it: what one request breaks is no reason to leave all others without an answer.
for (const event of ["unhandledRejection", "uncaughtException"]) {
  process.on(event, (error: unknown) => log.error(stackOf(error)));
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());

try {
  const port = await listens;
  await prepared;
  for (const line of startLines({ ...here, port })) log.info(line);
  await jobs
    .open()
    .catch((error: unknown) => log.warn("the trainings of this machine are left alone", { why: reasonOf(error) }));
  if (pages && warmsUp()) await warm(pages);
  health.becomeReady();
} catch (error) {
  log.error(reasonOf(error));
  process.exit(1);
}

/** Where it listens and how it logs; a setting that is none ends the start. */
function settings() {
  try {
    return { here: listening(), format: logFormat(), door: trainingDoor() };
  } catch (error) {
    process.stderr.write(`error: ${reasonOf(error)}\n`);
    process.exit(2);
  }
}

/** This machine's trainings, or the pool's; a pool that is not there ends the start. */
async function trainings(): Promise<Trainings> {
  const [pool, artifacts] = [poolUrl(), folders().runs];
  if (pool === undefined) return new Jobs({ artifacts, trainers, server: known(process.pid) });
  try {
    return new PoolTrainings(await openQueue(pool, artifacts), artifacts);
  } catch (error) {
    process.stderr.write(`error: ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

function listen(): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", ({ message }) => {
      reject(new Error(`cannot listen on ${here.address}, port ${here.port}: ${message}; set HOST and PORT`));
    });
    server.listen(here.port, here.address, () => resolve((server.address() as AddressInfo).port));
  });
}

async function prepareNext(port: number) {
  // React and Next choose their builds by it when they are loaded.
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" });
  const { default: createNext } = await import("next");
  // Next would listen for upgrades on our server by itself, and so before a request's host is looked at.
  const upgrades = createServer();
  const app = createNext({ dev, dir: process.cwd(), hostname: here.address, port, httpServer: upgrades });
  await app.prepare();
  if (dev) {
    await rebuildThread(process.cwd(), dataThread());
    server.on("upgrade", (request, socket, head) => {
      const refused = refusalOf({ method: request.method, url: request.url, host: request.headers.host }, here);
      if (refused || !upgrades.emit("upgrade", request, socket, head)) socket.destroy();
    });
  }
  const handle = app.getRequestHandler();
  return { handle, close: () => app.close() };
}

/** Renders what a first reader would wait for. */
async function warm(pages: KeptPages): Promise<void> {
  const began = performance.now();
  const failed = [
    ...(await warmUp(await routeAddresses(), async (url) => (await inject(front, { url })).statusCode)),
    ...(await warmUp(pageAddresses, async (address) => (await pages.get(address)).status)),
  ];
  for (const path of failed) log.warn("the server failed at an address that it tried by itself", { path });
  log.info("Every page was made once", { seconds: Math.round((performance.now() - began) / 1000) });
}

async function stop(): Promise<void> {
  // A second signal is somebody who does not want to wait.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  // Whatever Next has to tidy up: nothing of it is missed at the next start.
  setTimeout(() => process.exit(0), 5_000);
  jobs.close();
  await stopServer(server, 4_000);
  await prepared.then((app) => app.close()).catch(() => undefined);
  process.exit(0);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
