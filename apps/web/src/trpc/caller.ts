import { createCallerFactory } from "./init.ts";
import { appRouter } from "./router.ts";

/** The API for server components: the procedures themselves, called without a request. */
export const api = createCallerFactory(appRouter)({});

/** What the procedures answer a server component, by router and name: as it is, not as JSON would have it. */
export type ApiAnswers = Answers<typeof api>;

type Answers<Routers> = {
  [Name in keyof Routers]: Routers[Name] extends (...input: never[]) => Promise<infer Answer>
    ? Answer
    : Answers<Routers[Name]>;
};
