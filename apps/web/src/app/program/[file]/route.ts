import { asNotebook, asPython } from "../../../../content/program.ts";

const files: Readonly<Record<string, { type: string; text: () => string }>> = {
  "mnist_autoencoder.py": { type: "text/x-python; charset=utf-8", text: asPython },
  "mnist_autoencoder.ipynb": { type: "application/x-ipynb+json", text: asNotebook },
};

/** The program as a file: `/program/mnist_autoencoder.py` and `/program/mnist_autoencoder.ipynb`. */
export async function GET(_request: Request, context: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await context.params;
  const found = files[file];
  if (!found) return new Response(`expected ${Object.keys(files).join(" or ")} but got ${file}\n`, { status: 404 });
  return new Response(found.text(), {
    headers: { "content-type": found.type, "content-disposition": `attachment; filename="${file}"` },
  });
}
