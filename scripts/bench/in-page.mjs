// Trainings in a page: how fast they are beside the trainer's wasm engine, and how soon their stories are told.
import { stepTime } from "../native/measure.mjs";
import { median } from "./arguments.mjs";

/** Images of a step, and the steps over which a turn is timed, after those in which a page warms up. */
const [batch, before, timed] = [128, 3, 12];
const minutes = 60_000;

/** One training of some steps in a page. @returns images a second, all that a step costs there included */
async function turn(browser, { url, workers }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchTasks);
  await page.goto(new URL(`/train?batch=${batch}&workers=${workers}`, url).href, { waitUntil: "load" });
  await page.locator("[data-testid='training'][data-state='idle']").waitFor();
  await page.getByTestId("transport").getByRole("button").first().click();
  const at = (step) =>
    page.waitForFunction(
      (step) => {
        const shown = Number(document.querySelector("[data-testid='lane']")?.dataset.step);
        return shown >= step && { shown, now: performance.now() };
      },
      step,
      { polling: 20, timeout: 5 * minutes },
    );
  const started = await (await at(before)).jsonValue();
  await page.evaluate(() => {
    window.longest = 0;
  });
  const ended = await (await at(before + timed)).jsonValue();
  const longest = await page.evaluate(() => window.longest);
  await context.close();
  const seconds = (ended.now - started.now) / 1000;
  return { imagesPerSecond: ((ended.shown - started.shown) * batch) / seconds, longest };
}

/** Steps of a page that has trained for long, and of a fresh one after those that each have a frame; and the steps that are timed. */
const [aged, fresh, apart] = [1500, 140, 60];

/** A page in training whose speed is asked for, again and again: images a second over the next steps. */
async function openTraining(browser, { url }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(new URL("/train?batch=16&workers=1", url).href, { waitUntil: "load" });
  await page.locator("[data-testid='training'][data-state='idle']").waitFor();
  const press = () => page.getByTestId("transport").getByRole("button").first().click();
  const at = async (step) => {
    const reached = await page.waitForFunction(
      (step) => {
        const status = document.querySelector("[data-testid='status']")?.textContent ?? "";
        const shown = Number(/Step ([\d,]+)/.exec(status)?.[1]?.replace(",", "") ?? Number.NaN);
        return shown >= step && { shown, now: performance.now() };
      },
      step,
      { polling: 20, timeout: 10 * minutes },
    );
    return reached.jsonValue();
  };
  const standing = () => page.locator("[data-testid='training'][data-running='false']").waitFor();
  return {
    /** Trains up to a step, and stands. */
    async upTo(step) {
      await press();
      await at(step);
      await press();
      await standing();
    },
    async imagesPerSecond() {
      const { shown } = await at(0);
      await press();
      const started = await at(shown + 2);
      const ended = await at(started.shown + apart);
      await press();
      await standing();
      return (1000 * 16 * (ended.shown - started.shown)) / (ended.now - started.now);
    },
    close: () => context.close(),
  };
}

/** How fast a page trains that has trained for long, in parts of a fresh one's speed. */
async function agedAgainstFresh(browser, { url }) {
  const [old, young] = [await openTraining(browser, { url }), await openTraining(browser, { url })];
  await old.upTo(aged);
  await young.upTo(fresh);
  const parts = [];
  for (let round = 0; round < 3; round++) parts.push((await old.imagesPerSecond()) / (await young.imagesPerSecond()));
  await Promise.all([old.close(), young.close()]);
  return median(parts);
}

/** Keeps the longest task of the page's main thread, in milliseconds of the clock on the wall. */
function watchTasks() {
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ type: "longtask" });
}

/** Seconds from the press of a story's button until something is to be seen. */
async function untilSeen(browser, { url, story, seen }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(new URL("/train", url).href, { waitUntil: "load" });
  await page.locator("[data-testid='training'][data-state='idle']").waitFor();
  await page.getByRole("button", { name: story }).click();
  const pressed = Date.now();
  await page.waitForFunction(seen, undefined, { polling: 50, timeout: 5 * minutes });
  const seconds = (Date.now() - pressed) / 1000;
  await context.close();
  return seconds;
}

/** A network that prints black has its stamp; it says that it may still climb out. */
const isBlack = () => document.querySelector("[data-testid='stamp']") !== null;
/** The validation loss of an epoch is below that of pictures in which digits are recognized. */
const isRecognizable = () =>
  Number(document.querySelector("[data-part='validation']")?.textContent ?? Number.NaN) < 0.045;

export async function benchInPage(browser, { url, runs }) {
  const rounds = [];
  for (let round = 0; round < runs; round++) {
    const one = await turn(browser, { url, workers: 1 });
    const node = (1000 * batch) / stepTime({ engine: "wasm", workers: 1 }).milliseconds;
    const two = await turn(browser, { url, workers: 2 });
    rounds.push({ one, two, node });
  }
  const of = (what) => median(rounds.map(what));
  const black = await untilSeen(browser, { url, story: /One that dies/, seen: isBlack });
  const digits = await untilSeen(browser, { url, story: /One that learns/, seen: isRecognizable });
  const lasting = await agedAgainstFresh(browser, { url });
  const rows = [
    ["in the page, one worker, images/s", of(({ one }) => one.imagesPerSecond).toFixed(0)],
    ["÷ the trainer’s wasm engine on one thread", of(({ one, node }) => one.imagesPerSecond / node).toFixed(2)],
    ["two workers ÷ one", of(({ one, two }) => two.imagesPerSecond / one.imagesPerSecond).toFixed(2)],
    ["longest task of the page while it trains, one worker", `${of(({ one }) => one.longest).toFixed(0)} ms`],
    ["a page after 1,500 steps ÷ a fresh one beside it", lasting.toFixed(2)],
    ["black pictures after the press of “One that dies”", `${black.toFixed(0)} s`],
    ["validation loss below 0.045 after the press of “One that learns”", `${digits.toFixed(0)} s`],
  ];
  process.stdout.write(`medians of ${runs} rounds\n\n| what | |\n|---|--:|\n`);
  for (const [what, value] of rows) process.stdout.write(`| ${what} | ${value} |\n`);
}
