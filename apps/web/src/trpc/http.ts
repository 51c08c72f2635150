import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { guards, refuse, requestId } from "../server/answers.ts";
import { batchOf } from "./batch.ts";
import { requestLimits } from "./limits.ts";
import { pageRouter } from "./router.ts";

const endpoint = "/api/trpc";

/** The questions of pages, several in one batch. */
export async function answerApi(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const questions = pathname.split(/,|%2c/i).length;
  if (questions > requestLimits.maxItems) {
    return refuse(413, `expected at most ${requestLimits.maxItems} questions in a batch but got ${questions}`);
  }
  const createContext = () => ({ batch: batchOf(request.signal), request: requestId(request) });
  const response = await fetchRequestHandler({ endpoint, req: request, router: pageRouter, createContext });
  for (const [name, value] of Object.entries(guards)) response.headers.set(name, value);
  return response;
}
