import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { trainRouter } from "./routers/train.ts";
import { trainAddress } from "./train-address.ts";

const url = trainAddress;

/** Trainings on the server's own machine: questions and changes by themselves, events over one stream. */
export const trainApi = createTRPCClient<typeof trainRouter>({
  links: [
    splitLink({
      condition: ({ type }) => type === "subscription",
      true: httpSubscriptionLink({ url }),
      false: httpLink({ url }),
    }),
  ],
}).train;

/** What it is asked, by the question's name. */
export type TrainQuestions = inferRouterInputs<typeof trainRouter>["train"];
/** What it answers, by the question's name. */
export type TrainAnswers = inferRouterOutputs<typeof trainRouter>["train"];
