import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");

it("NOTICE names each package that is bundled into the model worker", async () => {
  const { metafile } = await build({
    entryPoints: [join(root, "apps/web/src/network/worker.ts")],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  const inputs = Object.keys(metafile.inputs).flatMap((path) => path.split("node_modules/").slice(-1));
  const names = new Set(inputs.flatMap((path) => /^(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []));
  for (const folder of ["apps", "packages"]) names.delete(folder);
  expect(names.size).toBeGreaterThan(5);
  const section = /In the model worker:(.*?)KaTeX/s.exec(readFileSync(join(root, "NOTICE"), "utf8"))?.[1] ?? "";
  // NOTICE writes tfjs's packages as "@tensorflow/tfjs-core, -layers, …".
  for (const name of names) expect(section).toContain(name.replace(/^@tensorflow\/tfjs(?!-core)/, ""));
});
