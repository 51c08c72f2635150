import { askRoute } from "../../../data-thread/ask.ts";

/** Files of a run: `server/routes/files.ts` has the addresses. */
export async function GET(request: Request, context: { params: Promise<{ path: string[] }> }): Promise<Response> {
  return askRoute("files", (await context.params).path, request);
}
