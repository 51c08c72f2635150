import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { folders } from "../../../server/env.ts";

/** The notebook for Google Colab, as the repository has it. */
export async function GET(): Promise<Response> {
  const path = join(folders().notebooks, "colab.ipynb");
  try {
    return new Response(await readFile(path), {
      headers: { "content-type": "application/x-ipynb+json", "cache-control": "no-cache" },
    });
  } catch {
    const problem = `expected ${path} but it cannot be read; restore it with git checkout notebooks\n`;
    return new Response(problem, { status: 500, headers: { "content-type": "text/plain; charset=utf-8" } });
  }
}
