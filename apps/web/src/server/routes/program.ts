import { asNotebook, asPython } from "../../../content/program.ts";
import { answer, answering, refuse } from "../answers.ts";

const files: ReadonlyMap<string, { type: string; text: () => string }> = new Map([
  ["mnist_autoencoder.py", { type: "text/x-python; charset=utf-8", text: asPython }],
  ["mnist_autoencoder.ipynb", { type: "application/x-ipynb+json", text: asNotebook }],
]);

/** The program as a file: `/program/mnist_autoencoder.py` and `/program/mnist_autoencoder.ipynb`. */
export function answerProgram(request: Request, path: readonly string[]): Promise<Response> {
  return answering(request, async () => {
    const file = path.join("/");
    const found = files.get(file);
    if (!found) return refuse(404, `expected ${[...files.keys()].join(" or ")} but got ${file.slice(0, 80)}`);
    const bytes = new TextEncoder().encode(found.text());
    return answer(request, { bytes, type: found.type, keep: "revalidated", attachment: file });
  });
}
