import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { answer, answering, refuse } from "../answers.ts";
import { folders } from "../env.ts";

/** The notebook for Google Colab, as the repository has it: `/notebooks/colab.ipynb`. */
export function answerNotebooks(request: Request, path: readonly string[]): Promise<Response> {
  return answering(request, async () => {
    const file = path.join("/");
    if (file !== "colab.ipynb") return refuse(404, `expected colab.ipynb but got ${file.slice(0, 80)}`);
    const bytes = await readFile(join(folders().notebooks, file)).catch(() => undefined);
    if (!bytes)
      throw new Error("expected notebooks/colab.ipynb but it cannot be read; git checkout notebooks brings it back");
    return answer(request, { bytes: new Uint8Array(bytes), type: "application/x-ipynb+json", keep: "revalidated" });
  });
}
