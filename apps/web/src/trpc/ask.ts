import type { inferRouterOutputs } from "@trpc/server";
import type { pageApi } from "./client.ts";
import type { pageRouter } from "./router.ts";

/** What the server answers a page, by the procedure's name. */
export type PageAnswers = inferRouterOutputs<typeof pageRouter>;

/**
 * Asks the server for something that a reader has just chosen. The client comes with the first question, so that no
 * page's first script has it. @throws Error with what the server says is wrong
 */
export async function askServer<Answer>(question: (api: typeof pageApi) => Promise<Answer>): Promise<Answer> {
  const { pageApi } = await import("./client.ts");
  return question(pageApi);
}
