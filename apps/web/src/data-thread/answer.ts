import { callTRPCProcedure } from "@trpc/server";
import { answerData } from "../server/routes/data.ts";
import { answerDrawn } from "../server/routes/drawn.ts";
import { answerFiles } from "../server/routes/files.ts";
import { answerNotebooks } from "../server/routes/notebooks.ts";
import { answerProgram } from "../server/routes/program.ts";
import { answerApi } from "../trpc/http.ts";
import { appRouter } from "../trpc/router.ts";
import type { Question, RouteAnswer, RouteName } from "./messages.ts";

/** What answers each address, from the parts of its path behind the route's own name. */
const routes: Readonly<Record<RouteName, (request: Request, path: readonly string[]) => Promise<Response>>> = {
  api: answerApi,
  data: answerData,
  drawn: answerDrawn,
  files: answerFiles,
  notebooks: answerNotebooks,
  program: answerProgram,
};

/** Works out an answer, in whichever thread: the procedure's own value, or a `RouteAnswer`. */
export async function answer(question: Question, signal: AbortSignal | undefined): Promise<unknown> {
  if ("procedure" in question) {
    return callTRPCProcedure({
      router: appRouter,
      path: question.procedure,
      getRawInput: async () => question.input,
      ctx: {},
      type: "query",
      signal,
      batchIndex: 0,
    });
  }
  const { url, method, headers } = question.request;
  const request = new Request(url, { method, headers, ...(signal && { signal }) });
  return asData(await routes[question.route](request, question.path));
}

async function asData(response: Response): Promise<RouteAnswer> {
  const { status, headers } = response;
  const body = response.body ? new Uint8Array(await response.arrayBuffer()) : undefined;
  return { status, headers: [...headers], body };
}
