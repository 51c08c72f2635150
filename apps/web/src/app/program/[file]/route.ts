import { asNotebook, asPython } from "../../../../content/program.ts";
import { answer, refuse } from "../../../server/answers.ts";

const files: ReadonlyMap<string, { type: string; text: () => string }> = new Map([
  ["mnist_autoencoder.py", { type: "text/x-python; charset=utf-8", text: asPython }],
  ["mnist_autoencoder.ipynb", { type: "application/x-ipynb+json", text: asNotebook }],
]);

/** The program as a file: `/program/mnist_autoencoder.py` and `/program/mnist_autoencoder.ipynb`. */
export async function GET(request: Request, context: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await context.params;
  const found = files.get(file);
  if (!found) return refuse(404, `expected ${[...files.keys()].join(" or ")} but got ${file.slice(0, 80)}`);
  const bytes = new TextEncoder().encode(found.text());
  return answer(request, { bytes, type: found.type, keep: "revalidated", attachment: file });
}
