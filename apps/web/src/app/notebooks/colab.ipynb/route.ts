import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { answer, answering } from "../../../server/answers.ts";
import { folders } from "../../../server/env.ts";

/** The notebook for Google Colab, as the repository has it. */
export function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    const path = join(folders().notebooks, "colab.ipynb");
    const bytes = await readFile(path).catch(() => undefined);
    if (!bytes)
      throw new Error("expected notebooks/colab.ipynb but it cannot be read; git checkout notebooks brings it back");
    return answer(request, { bytes: new Uint8Array(bytes), type: "application/x-ipynb+json", keep: "revalidated" });
  });
}
