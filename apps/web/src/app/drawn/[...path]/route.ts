import { askRoute } from "../../../data-thread/ask.ts";

/** What is drawn of a run: `server/routes/drawn.ts` has the addresses. */
export async function GET(request: Request, context: { params: Promise<{ path: string[] }> }): Promise<Response> {
  return askRoute("drawn", (await context.params).path, request);
}
