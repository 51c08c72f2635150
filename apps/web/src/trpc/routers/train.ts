import { askedOfRecipe, placeId, placeOf, placePattern, type Trainers, trainingLimits } from "@autoencoder/jobs";
import { onOneLine } from "@autoencoder/model";
import { type Recipe, recipes } from "@autoencoder/model/recipes";
import { firstIssue, runName } from "@autoencoder/model/run";
import { initTRPC, TRPCError, tracked } from "@trpc/server";
import { octetInputParser } from "@trpc/server/http";
import { ZodError, z } from "zod";
import { mostLetters } from "../../server/answers.ts";
import type { Access } from "../../server/jobs/access.ts";
import { JobRefusal, speedsOf, type Trainings } from "../../server/jobs/jobs.ts";
import { sentenceFor } from "../init.ts";

/** What a request brings along. */
export interface TrainContext {
  jobs: Trainings;
  engines: () => ReturnType<Trainers["engines"]>;
  access: Access;
  /** Whether a token would help. */
  takesToken: boolean;
  /** Takes a token: what is wrong with it, or undefined and the answer has the cookie. */
  unlock: (token: string) => TRPCError | undefined;
  /** What the server calls the request in its log. */
  request: string;
}

/** Seconds between two signs of life on a stream, and after how many without one a page connects again. */
const alive = { every: 15, patience: 40 };

const { router, procedure } = initTRPC.context<TrainContext>().create({
  sse: {
    ping: { enabled: true, intervalMs: alive.every * 1000 },
    client: { reconnectAfterInactivityMs: alive.patience * 1000 },
  },
  errorFormatter({ shape, error, input, ctx }) {
    const { code, httpStatus: status, path } = shape.data;
    const message =
      error.cause instanceof ZodError
        ? wrongInput(error.cause, input)
        : sentenceFor(error, { path, request: ctx?.request ?? "no request" });
    return { ...shape, message: onOneLine(message, mostLetters), data: { code, httpStatus: status, path } };
  },
});

function wrongInput(error: ZodError, input: unknown): string {
  const { field, expected, came } = firstIssue(error, input);
  return `${field}: expected ${expected} but ${came}; npm run train in a terminal has wider limits`;
}

/** Only for whoever may train here; a refusal says why and what to do. */
const allowed = procedure.use(async ({ ctx: { access }, next }) => {
  if (!access.allowed) throw new TRPCError({ code: access.code, message: access.why });
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof JobRefusal) throw new TRPCError({ code: cause.code, message: cause.message, cause });
  return result;
});

/** @throws TRPCError where it is more than the server takes */
async function bytesOf(sent: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of sent) parts.push(part);
  return Buffer.concat(parts);
}

/** What a page says of a recipe. */
function offered({ name, title, epochs, batchSize, loss, optimizer, seed, spec }: Recipe) {
  const { name: optimizerName, learningRate } = optimizer;
  const code = spec.encoder.layers.at(-1);
  const latent = code?.className === "Dense" ? code.units : undefined;
  return { name, title, epochs, batchSize, learningRate, latent, loss, optimizer: optimizerName, seed };
}

const run = z.strictObject({ run: runName });
/** Events that a page holds open; one tab has one. */
const mostReaders = 50;
let readers = 0;

/** Trainings on the machine that serves the site. */
export const trainRouter = router({
  train: router({
    /** Whether whoever asks may train here, and why not. */
    access: procedure.query(({ ctx: { access, takesToken } }) => ({ ...access, takesToken })),
    /** Takes the token; the cookie in the answer stands for it from then on. */
    unlock: procedure.input(z.strictObject({ token: z.string().max(200) })).mutation(({ ctx, input }) => {
      const problem = ctx.unlock(input.token);
      if (problem) throw problem;
    }),
    /** Engines with whether they can start here, recipes, and what may be asked. */
    engines: allowed.query(async ({ ctx: { engines, jobs } }) => {
      const [report, jobsKnown] = await Promise.all([engines(), jobs.list()]);
      const speeds = speedsOf(jobsKnown);
      return {
        place: jobs.place,
        engines: report.map((engine) => ({ ...engine, imagesPerSecond: speeds.get(engine.name) })),
        recipes: Object.values(recipes).map(offered),
        limits: trainingLimits,
      };
    }),
    /** Starts one, or puts it into the queue. */
    start: allowed.input(askedOfRecipe).mutation(async ({ ctx, input }) => ({ run: await ctx.jobs.start(input) })),
    /** Makes a run of what a page has trained: the zip that it writes. */
    take: allowed.input(octetInputParser).mutation(async ({ ctx, input }) => {
      return { run: await ctx.jobs.start({ from: "page" }, await bytesOf(input)) };
    }),
    cancel: allowed.input(run).mutation(({ ctx, input }) => ctx.jobs.cancel(input.run)),
    resume: allowed.input(run).mutation(({ ctx, input }) => ctx.jobs.resume(input.run)),
    list: allowed.query(({ ctx }) => ctx.jobs.list()),
    /** The list whenever it changes, and what trainers tell after an event; each event's id is its attempt and line. */
    events: allowed
      .input(z.strictObject({ lastEventId: z.string().regex(placePattern).nullish() }).optional())
      .subscription(async function* ({ ctx, input, signal }) {
        if (readers >= mostReaders) {
          const message = `expected at most ${mostReaders} pages that watch but they are there; close some`;
          throw new TRPCError({ code: "TOO_MANY_REQUESTS", message });
        }
        readers += 1;
        try {
          const after = input?.lastEventId ? placeOf(input.lastEventId) : undefined;
          for await (const told of ctx.jobs.told(after, signal ?? new AbortController().signal)) {
            if (told.kind === "jobs") yield told;
            else {
              const { run, placed } = told;
              yield tracked(placeId(placed), { kind: "event" as const, run, event: placed.event });
            }
          }
        } finally {
          readers -= 1;
        }
      }),
  }),
});
