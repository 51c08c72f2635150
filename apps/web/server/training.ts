import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { mostZipBytes, type Trainers } from "@autoencoder/jobs";
import { TRPCError } from "@trpc/server";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { guards } from "../src/server/answers.ts";
import {
  type Asking,
  Attempts,
  accessOf,
  type Door,
  notOfOurPages,
  passFor,
  sameText,
} from "../src/server/jobs/access.ts";
import type { Trainings } from "../src/server/jobs/jobs.ts";
import { trainRouter } from "../src/trpc/routers/train.ts";
import { trainAddress } from "../src/trpc/train-address.ts";

interface Parts {
  door: Door;
  jobs: Trainings;
  trainers: Pick<Trainers, "engines">;
  attempts?: Attempts;
}

/** Bytes of a question: a recipe's name and ten numbers. */
const mostBytes = 4096;
/** Milliseconds for which it is known which engines can start: somebody may have installed one meanwhile. */
const enginesHold = 600_000;

/** Answers questions about trainings on this machine, in the server's own process: it starts them and reads what they tell. */
export function answerTraining({ door, jobs, trainers, attempts = new Attempts() }: Parts): RequestListener {
  const engines = remembered(() => trainers.engines(), enginesHold);
  return async (request, response) => {
    for (const [name, value] of Object.entries({ ...guards, "cache-control": "no-store" }))
      response.setHeader(name, value);
    const asking = askingOf(request);
    const path = (request.url ?? "").slice(trainAddress.length + 1).split("?", 1)[0] ?? "";
    await nodeHTTPRequestHandler({
      req: request,
      res: response,
      router: trainRouter,
      path,
      maxBodySize: path === "train.take" ? mostZipBytes : mostBytes,
      allowBatching: false,
      createContext: () => ({
        jobs,
        engines,
        access: accessOf(asking, door),
        takesToken: door.token !== undefined,
        unlock: (token: string) => unlock(token, asking, response),
        request: String(request.headers["x-request-id"]),
      }),
    });
  };

  function unlock(token: string, asking: Asking, response: ServerResponse): TRPCError | undefined {
    const unsafe = notOfOurPages(asking, door);
    if (unsafe) return new TRPCError({ code: "FORBIDDEN", message: `${unsafe}; open the site's own page` });
    if (door.token === undefined) {
      const message = "expected TRAINING_TOKEN to be set where the site is started but it is not; ask whoever runs it";
      return new TRPCError({ code: "FORBIDDEN", message });
    }
    const from = asking.remoteAddress ?? "unknown";
    const minutes = attempts.minutesToWait(from);
    if (minutes > 0) {
      const message = `expected at most ${Attempts.most} wrong tokens but there were more; try again in ${minutes} min`;
      return new TRPCError({ code: "TOO_MANY_REQUESTS", message });
    }
    if (!sameText(token, door.token)) {
      attempts.addWrong(from);
      const message = "expected the token that TRAINING_TOKEN names but it is another; ask whoever runs the site";
      return new TRPCError({ code: "UNAUTHORIZED", message });
    }
    const secure = asking.headers.origin?.startsWith("https:") ?? false;
    response.setHeader("set-cookie", passFor(door.token, { secure }));
    return undefined;
  }
}

function askingOf({ method, httpVersion, headers, socket }: IncomingMessage): Asking {
  return { method, httpVersion, headers, remoteAddress: socket.remoteAddress };
}

/** What is asked again only after a while; an error is not remembered. */
function remembered<Value>(work: () => Promise<Value>, milliseconds: number): () => Promise<Value> {
  let kept: { value: Promise<Value>; until: number } | undefined;
  return () => {
    if (!kept || performance.now() > kept.until) {
      kept = { value: work(), until: performance.now() + milliseconds };
      kept.value.catch(() => {
        kept = undefined;
      });
    }
    return kept.value;
  };
}
