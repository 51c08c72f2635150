import { createHash } from "node:crypto";
import { refuseFor } from "../../../server/refusal.ts";
import { RunProblem, readRun, readRunFile, readRunText } from "../../../server/run-store.ts";

const types: Record<string, string> = {
  json: "application/json",
  csv: "text/csv; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  keras: "application/zip",
};

/** `/files/RUN/SHA256/PATH`, immutable, and `/files/RUN/run.json`, revalidated. */
export async function GET(request: Request, context: { params: Promise<{ path: string[] }> }): Promise<Response> {
  const [name = "", hash = "", ...rest] = (await context.params).path;
  try {
    if (rest.length === 0) return await describe(request, name, hash);
    const { file, bytes } = await readRunFile(await readRun(name), rest.join("/"));
    if (file.sha256 !== hash) {
      throw new RunProblem("FILE_NOT_FOUND", `${file.path} of "${name}" is now ${file.sha256}; load the page again`);
    }
    return new Response(bytes, {
      headers: {
        "content-type": types[file.path.split(".").at(-1) ?? ""] ?? "application/octet-stream",
        "cache-control": "public, max-age=31536000, immutable",
      },
    });
  } catch (error) {
    return refuseFor(error);
  }
}

async function describe(request: Request, name: string, file: string): Promise<Response> {
  if (file !== "run.json")
    throw new RunProblem("FILE_NOT_FOUND", "expected /files/RUN/SHA256/PATH or /files/RUN/run.json");
  const text = await readRunText(name);
  const etag = `"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"`;
  const headers = { "content-type": "application/json", "cache-control": "no-cache", etag };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(text, { headers });
}
