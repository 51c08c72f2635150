import { mkdir, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { meanSquaredError, modelOutputShape } from "@autoencoder/model";
import { predict } from "@autoencoder/model/training";
import { givenPath } from "../command-line.ts";
import { chooseEngine } from "../engines/choose.ts";
import { engineNamed } from "../engines/named.ts";
import { shownPath } from "../paths.ts";
import { openModels, openPublished } from "../published.ts";
import type { Command } from "./command.ts";
import { pngOf, readPicture } from "./picture.ts";

export const reconstruct: Command = {
  usage: "reconstruct RUN PICTURE… [--out DIR] [--engine E]",
  what: "rebuild pictures (PNG) with a run; each goes to NAME-rebuilt.png",
  options: { out: { type: "string" }, engine: { type: "string" } },
  positionals: { least: 2, most: 1001, expected: "a run's name and pictures" },
  async perform({ positionals: [name = "", ...paths], values, console: { output } }) {
    const published = await openPublished(name, "reconstruct");
    const [rows = 0, columns = 0] = modelOutputShape(published.run.spec.decoder);
    const pictures = await Promise.all(
      paths.map(async (path) => ({ path, ...(await readPicture(givenPath(path), { rows, columns })) })),
    );
    await chooseEngine(engineNamed("--engine", values.engine as string | undefined)).engine.start();
    const { autoencoder } = await openModels(published, "reconstruct");
    const folder = givenPath((values.out as string | undefined) ?? ".");
    await mkdir(folder, { recursive: true });
    for (const { path, pixels, changes } of pictures) {
      const rebuilt = await predict(autoencoder, pixels);
      const to = join(folder, `${basename(path, extname(path))}-rebuilt.png`);
      await writeNew(to, pngOf(rebuilt, columns));
      const done = changes.length > 0 ? ` (${changes.join("; ")})` : "";
      output.write(`${path} → ${shownPath(to)}  MSE ${meanSquaredError(rebuilt, pixels).toFixed(5)}${done}\n`);
    }
  },
};

/** Writes a file that is not there yet. @throws Error where it is */
async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes, { flag: "wx" }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EEXIST") throw cause;
    throw new Error(`${shownPath(path)} is there already; move it away, or give another folder with --out`, { cause });
  });
}
