import { answer, answering } from "../answers.ts";
import { RunProblem, readRun, readRunFile, readRunText } from "../run-store.ts";

/** Types by a file's ending; a run may hold any other. */
const types: ReadonlyMap<string, string> = new Map([
  ["json", "application/json"],
  ["csv", "text/csv; charset=utf-8"],
  ["png", "image/png"],
  ["svg", "image/svg+xml"],
  ["keras", "application/zip"],
]);

/** `/files/RUN/SHA256/PATH`, immutable, and `/files/RUN/run.json`, revalidated. */
export function answerFiles(request: Request, path: readonly string[]): Promise<Response> {
  return answering(request, async () => {
    const [name = "", hash = "", ...rest] = path;
    if (rest.length === 0) return describe(request, name, hash);
    const run = await readRun(name);
    request.signal.throwIfAborted();
    const { file, bytes } = await readRunFile(run, rest.join("/"));
    if (file.sha256 !== hash) {
      throw new RunProblem("FILE_NOT_FOUND", `${file.path} of "${name}" is now ${file.sha256}; load the page again`);
    }
    const ending = file.path.split(".").at(-1) ?? "";
    return answer(request, {
      bytes,
      type: types.get(ending) ?? "application/octet-stream",
      keep: "forever",
      sha256: file.sha256,
      // Pages show it as a picture, in which no script runs; opened by itself it would be a document.
      ...(ending === "svg" && { attachment: true }),
    });
  });
}

async function describe(request: Request, name: string, file: string): Promise<Response> {
  if (file !== "run.json")
    throw new RunProblem("FILE_NOT_FOUND", "expected /files/RUN/SHA256/PATH or /files/RUN/run.json");
  const bytes = new TextEncoder().encode(await readRunText(name));
  return answer(request, { bytes, type: "application/json", keep: "revalidated" });
}
