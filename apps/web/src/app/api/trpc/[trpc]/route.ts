import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "../../../../trpc/router.ts";

function handle(request: Request): Promise<Response> {
  return fetchRequestHandler({ endpoint: "/api/trpc", req: request, router: appRouter, createContext: () => ({}) });
}

export { handle as GET, handle as POST };
