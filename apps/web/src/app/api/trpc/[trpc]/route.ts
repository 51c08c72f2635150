import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { refuse } from "../../../../server/answers.ts";
import { requestLimits } from "../../../../trpc/limits.ts";
import { pageRouter } from "../../../../trpc/router.ts";

const endpoint = "/api/trpc";

/** The questions of pages, several in one batch. */
async function handle(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const questions = pathname.split(/,|%2c/i).length;
  if (questions > requestLimits.maxItems) {
    return refuse(413, `expected at most ${requestLimits.maxItems} questions in a batch but got ${questions}`);
  }
  return fetchRequestHandler({ endpoint, req: request, router: pageRouter, createContext: () => ({}) });
}

export { handle as GET, handle as POST };
