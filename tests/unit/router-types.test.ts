import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

/** An answer of the API is typed once: whoever reads a field that a router no longer gives does not compile. */

const root = join(import.meta.dirname, "..", "..");
const scratch = mkdtempSync(join(tmpdir(), "router-types-"));
const site = join(scratch, "apps", "web");

/** A field where it is answered, and the files that read it: of answers over HTTP, and of answers to server components. */
const renames = [
  {
    field: "count of a page of test digits",
    file: "src/trpc/routers/page.ts",
    from: "count: digits.length",
    to: "number: digits.length",
    readers: ["content/02-the-data/live-browse.tsx"],
  },
  {
    field: "distance of a neighbour",
    file: "src/trpc/routers/page.ts",
    from: "label: labels[row] as number, distance }",
    to: "label: labels[row] as number, away: distance }",
    readers: ["content/09-the-latent-space/neighbour-list.tsx", "content/09-the-latent-space/live-walk.tsx"],
  },
  {
    field: "deviation of how latent vectors are spread",
    file: "src/server/statistics/code-spread.ts",
    from: "deviation: Float32Array",
    to: "spread: Float32Array",
    readers: ["content/09-the-latent-space/figures.tsx"],
  },
  {
    field: "weight sums of the last maps",
    file: "src/server/statistics/last-maps.ts",
    from: "weightSums: Array",
    to: "sums: Array",
    readers: ["content/07-when-it-prints-black/surviving-maps.tsx"],
  },
] as const;

beforeAll(() => {
  const copied = (path: string) => !/[/\\](node_modules|\.next|public|tsconfig\.tsbuildinfo)$/.test(path);
  cpSync(join(root, "apps/web"), site, { recursive: true, filter: copied });
  cpSync(join(root, "tsconfig.base.json"), join(scratch, "tsconfig.base.json"));
  symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"), "junction");
  // Where npm laid a version of a package that is not the root's.
  const own = join(root, "apps/web/node_modules");
  if (existsSync(own)) symlinkSync(own, join(site, "node_modules"), "junction");
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What the compiler says of the copy: the files with errors, and all that it prints. */
function typeCheck(): { wrong: Set<string>; output: string } {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(
    process.execPath,
    [tsc, "-p", ".", "--tsBuildInfoFile", join(scratch, "types.tsbuildinfo")],
    {
      cwd: site,
      encoding: "utf8",
    },
  );
  return {
    wrong: new Set([...stdout.matchAll(/^(\S+)\(\d+,\d+\): error/gm)].map(([, file]) => file ?? "")),
    output: stdout,
  };
}

it("the site compiles as it is", () => {
  expect(typeCheck().output).toBe("");
});

it("renaming fields of the routers' answers is an error in every file that reads them", () => {
  for (const { file, from, to } of renames) {
    const path = join(site, file);
    const text = readFileSync(path, "utf8");
    expect(text.split(from), `${from} in ${file}`).toHaveLength(2);
    writeFileSync(path, text.replace(from, to));
  }
  const { wrong } = typeCheck();
  for (const { field, readers } of renames) {
    for (const reader of readers) expect(wrong, field).toContain(reader);
  }
});
