import { askRoute } from "../../../data-thread/ask.ts";

/** MNIST's pictures and labels: `server/routes/data.ts` has the addresses. */
export async function GET(request: Request, context: { params: Promise<{ path: string[] }> }): Promise<Response> {
  return askRoute("data", (await context.params).path, request);
}
