import { askRoute } from "../../../../data-thread/ask.ts";

/** The questions of pages: `trpc/http.ts` answers them. */
export function GET(request: Request): Promise<Response> {
  return askRoute("api", [], request);
}
