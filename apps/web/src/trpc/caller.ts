import { createTRPCRecursiveProxy } from "@trpc/server";
import { cacheSignal } from "react";
import { askProcedure } from "../data-thread/ask.ts";
import type { appRouter } from "./router.ts";

type Api = ReturnType<typeof appRouter.createCaller>;

/**
 * The API for server components: the procedures themselves, asked without a request. In production the data thread answers;
 * what is asked for a page that nobody waits for any more is called off.
 */
export const api = createTRPCRecursiveProxy<Api>(({ path, args: [input] }) =>
  askProcedure(path.join("."), input, cacheSignal() ?? undefined),
);

/** What the procedures answer a server component, by router and name: as it is, not as JSON would have it. */
export type ApiAnswers = Answers<Api>;

type Answers<Routers> = {
  [Name in keyof Routers]: Routers[Name] extends (...input: never[]) => Promise<infer Answer>
    ? Answer
    : Answers<Routers[Name]>;
};
