// The stages: what each asks for, and how.
import { cpus } from "node:os";
import { CommandError, say } from "../../lib/process.mjs";
import { askEvenly } from "./ask.mjs";
import { generate } from "./generate.mjs";
import { hostileBatches, sendBatches } from "./hostile.mjs";
import { short } from "./report.mjs";
import { restartUnderLoad } from "./restart.mjs";
import { slowClients } from "./slow-clients.mjs";
import { startTrainings } from "./trainings.mjs";

/** Seconds, connections and numbers of requests. */
export const sizes = {
  full: {
    pages: { connections: 50, seconds: 10 },
    rest: { connections: 50, seconds: 5 },
    hostile: 100,
    slow: { senders: 200, readers: 50, connections: 10, seconds: 10 },
    mixed: { connections: 20, amount: 10_000, seconds: 300 },
    restart: { connections: 50, seconds: 3 },
    // Below what one core renders, so that the idle half shows no queue.
    training: { connections: 10, rate: 10, seconds: 20 },
  },
  quick: {
    pages: { connections: 5, seconds: 1 },
    rest: { connections: 5, seconds: 0.5 },
    hostile: 20,
    slow: { senders: 20, readers: 5, connections: 2, seconds: 1 },
    mixed: { connections: 5, amount: 40, seconds: 20 },
    restart: { connections: 5, seconds: 0.5 },
    training: { connections: 2, rate: 5, seconds: 1 },
  },
};

/** The questions of one batch at most (apps/web/src/trpc/limits.ts). */
const batchCap = 8;

/**
 * The stages in their order. Each measures one or more rows: `row(name, what, work)` runs `work` and adds to its outcome
 * what the server's process took meanwhile.
 */
const stages = {
  async home({ url, size: { pages }, row }) {
    await row("home", "`/`", () => generate({ url, paths: ["/"], ...pages }));
  },
  async chapter({ url, size: { pages }, addresses: { heaviest }, row }) {
    const what = `the heaviest chapter, \`${heaviest.path}\`, ${(heaviest.bytes / 1000).toFixed(0)} kB`;
    await row("chapter", what, () => generate({ url, paths: [heaviest.path], ...pages }));
  },
  async viewer({ url, size: { pages }, addresses: { viewer }, row }) {
    await row("viewer", `another run, \`${viewer}\``, () => generate({ url, paths: [viewer], ...pages }));
  },
  async files({ url, size: { rest }, addresses, row }) {
    const { path, etag } = addresses.file("page/decoder/weights.bin");
    const rows = [
      ["weights", "the decoder's weights", path],
      ["range", "64 kB of them (Range)", { path, headers: { range: "bytes=65536-131071" } }],
      ["unchanged", "the same, known already (If-None-Match)", { path, headers: { "if-none-match": etag } }],
      ["digits", "100 test digits (`/data`)", addresses.digits],
      ["drawn", "a picture of the network (`/drawn`)", addresses.drawn],
    ];
    for (const [name, what, asked] of rows) await row(name, what, () => generate({ url, paths: [asked], ...rest }));
  },
  async api({ url, size: { rest }, addresses: { run }, row }) {
    const batch = (procedure, inputs) =>
      `/api/trpc/${inputs.map(() => procedure)}?batch=1&input=${encodeURIComponent(JSON.stringify({ ...inputs }))}`;
    await row("api", "tRPC, the quickest question (`testPca`)", () =>
      generate({ url, paths: [batch("testPca", [{ name: run }])], ...rest }),
    );
    const pages = Array.from({ length: batchCap }, (_, page) => ({ name: run, label: 3, order: "best", page }));
    await row("batches", `tRPC, batches of ${batchCap} (\`testDigits\`)`, () =>
      generate({ url, paths: [batch("testDigits", pages)], ...rest }),
    );
  },
  async hostile({ url, size: { hostile }, addresses: { run }, row }) {
    const batches = hostileBatches(run, hostile);
    await sendBatches(url, batches.slice(0, 10)); // what the statistics read stays in memory
    const send = async () => {
      const outcome = await sendBatches(url, batches);
      return {
        ...outcome,
        note: `answered with ${counted(outcome.outcomes)}; the slowest took ${short(outcome.longest)} ms`,
      };
    };
    await row("hostile", `${hostile} hostile tRPC batches`, send, { settle: true });
  },
  async slow({ url, size: { slow }, addresses, row }) {
    const { senders, readers, ...asking } = slow;
    const what = `\`/\` by ${asking.connections}, beside ${senders} that send and ${readers} that read a byte a second`;
    await row("slow", what, async () => {
      const clients = slowClients(url, { senders, readers, path: addresses.file("autoencoder_model.keras").path });
      const outcome = await generate({ url, paths: ["/"], ...asking });
      const { open, closed } = clients.close();
      return {
        ...outcome,
        note: `${open} slow connections were still open at the end, ${closed} closed by the server`,
      };
    });
  },
  async mixed({ url, size: { mixed }, addresses: { pages }, row }) {
    await generate({ url, paths: pages, connections: 4, amount: 2 * pages.length, seconds: 120 });
    const onProgress = everyFew(mixed.amount);
    await row(
      "mixed",
      `${mixed.amount.toLocaleString("en")} requests, ${pages.length} pages in turn`,
      async () => {
        const outcome = await generate({ url, paths: pages, ...mixed, onProgress });
        const short = outcome.answered < mixed.amount;
        return { ...outcome, ...(short && { note: `only ${outcome.answered} were answered in ${mixed.seconds} s` }) };
      },
      { settle: true },
    );
  },
  async restart({ url, size: { restart }, restartServer, row }) {
    await row("restart", `\`/\` by ${restart.connections}, the server stopped and started`, async () => {
      const outcome = await restartUnderLoad(url, restartServer, restart);
      const { stopped, answeredAfter, readyAfter, outcomes } = outcome;
      const end = stopped.killed ? "did not end after SIGTERM and was killed" : "ended";
      const start = `after its start it answered in ${seconds(answeredAfter)} and had made all pages in ${seconds(readyAfter)}`;
      const note = `the server ${end} ${seconds(stopped.ms)} after SIGTERM; ${start}; the answers: ${counted(outcomes)}`;
      return { ...outcome, note };
    });
  },
  async training({ url, size: { training }, row }) {
    const what = `\`/\`, ${training.rate} a second`;
    await row("idle", what, () => askEvenly(url, training));
    const { count, stop } = await startTrainings(cpus().length);
    try {
      await row("training", `${what}, beside ${count} trainings`, async () => {
        return { ...(await askEvenly(url, training)), note: "the other programs are the trainings" };
      });
    } finally {
      await stop();
    }
  },
};

export const stageNames = Object.keys(stages);

/** Stages that only an own server can have. */
const ownOnly = new Set(["restart"]);

/** Runs some stages in their order. @returns what kept a stage from its end; the others are measured all the same */
export async function runStages(names, bench) {
  const failures = [];
  for (const name of stageNames.filter((known) => names.includes(known))) {
    if (ownOnly.has(name) && !bench.restartServer) {
      say(`── ${name}: left out, since the server is not the bench's own`);
      continue;
    }
    say(`── ${name}`);
    try {
      await stages[name](bench);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      failures.push(`stage ${name}: ${error.message}`);
      say(`   error: ${error.message}`);
    }
  }
  return failures;
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const counted = (outcomes) =>
  Object.entries(outcomes)
    .map(([what, count]) => `${count} × ${what}`)
    .join(", ");

/** Says how far a long row has come, every ten seconds. */
function everyFew(amount) {
  let seconds = 0;
  return (answered) => {
    if (++seconds % 10 === 0) say(`   ${answered} of ${amount}`);
  };
}
