import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { requestLimits } from "./limits.ts";
import type { pageRouter } from "./router.ts";

/** The API in the page; questions that are asked at the same moment share a request. */
export const pageApi = createTRPCClient<typeof pageRouter>({
  links: [httpBatchLink({ url: "/api/trpc", ...requestLimits })],
});
