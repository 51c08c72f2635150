import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runsThatDoNotOpen, runsWithBrokenFile } from "../fixtures/broken-runs.ts";

/** What docs/security.md and docs/reliability.md claim to be tested is tested: every file, test and command that they name exists. */

const root = join(import.meta.dirname, "..", "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
const papers = ["SECURITY.md", "docs/reliability.md", "docs/security.md"];

/** What a text names and what there is not: a path, a test's title after its file, or a command. */
function missing(text: string): string[] {
  return [...missingCommands(text), ...missingFilesAndTests(text)];
}

function missingCommands(text: string): string[] {
  const commands = [...text.matchAll(/\bnpm run (?:-s )?([\w:]+)(?: -- ([\w-]+))?/g)];
  return commands
    .filter(([, script = "", part]) => !scripts[script] || (script === "test:slow" && part && !isPart(part)))
    .map(([command]) => command);
}

/** A part of `npm run test:slow`, as its script lists them. */
function isPart(name: string): boolean {
  return new RegExp(`^ {2}"?${name}"?: \\[`, "m").test(read("scripts/test-slow.mjs"));
}

function missingFilesAndTests(text: string): string[] {
  const found: string[] = [];
  let file = "";
  // Titles follow the file that they are in, with nothing but commas and line ends between them.
  for (const [whole, path, title] of text.matchAll(/`([\w./@[\]-]+)`|(?<=[`",]\s)"([^"]+)"/g)) {
    if (path !== undefined) {
      file = path;
      const isFile = /^[\w.@-]+\/.*\.\w+$|^package(?:-lock)?\.json$|^\.npmrc$/.test(path);
      if (isFile && !existsSync(join(root, path))) found.push(path);
    } else if (title !== undefined && !hasTest(file, title.replaceAll(/\s+/g, " "))) found.push(`${file}: ${whole}`);
  }
  return found;
}

/** Whether a file calls something with this title first, as `it`, `describe` and their tables are called. */
function hasTest(file: string, title: string): boolean {
  if (!/\.test\.tsx?$|^tests\/fixtures\//.test(file) || !existsSync(join(root, file))) return false;
  const literal = JSON.stringify(title).replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");
  return new RegExp(`\\(\\s*${literal},`).test(read(file));
}

describe.each(papers)("%s", (paper) => {
  it("names tests, files and commands that there are", () => {
    expect(missing(read(paper))).toEqual([]);
  });
});

it("every row that names an attack or a fault has a test or a command behind it", () => {
  const rows = papers.flatMap((paper) =>
    read(paper)
      .split("\n")
      .filter((line) => /^\|(?!\s*-)/.test(line)),
  );
  const proofs = rows.filter((row) => /\.ts` "|`npm run /.test(row.split("|").at(-2) ?? ""));
  const headings = rows.filter((row) => /\| (?:test|command) \|$/.test(row));
  expect(headings.length).toBeGreaterThan(5);
  expect(rows.filter((row) => !proofs.includes(row) && !headings.includes(row))).toEqual([]);
  expect(proofs.length).toBeGreaterThan(40);
});

it("a test that is renamed, a file that is moved and a command that is dropped are noticed", () => {
  const text = `
    | a | \`apps/web/src/gone.ts\` | \`apps/web/server/refusal.test.ts\` "is refused at %s", "is welcomed at %s" |
    | b | \`npm run fuzz\`, \`npm run test:slow -- evidence\`, \`npm run test:slow -- nights\`, \`npm run dream\` |
    \`apps/web/server/refusal.ts\` "is refused at %s"`;
  expect(missing(text)).toEqual([
    "npm run test:slow -- nights",
    "npm run dream",
    "apps/web/src/gone.ts",
    'apps/web/server/refusal.test.ts: "is welcomed at %s"',
    'apps/web/server/refusal.ts: "is refused at %s"',
  ]);
});

describe("docs/reliability.md", () => {
  const reliability = read("docs/reliability.md");
  const firstCells = reliability.split("\n").map((line) => line.split("|")[1]?.trim() ?? "");

  it("has a row for each broken run", () => {
    const runs = [...runsWithBrokenFile.map(({ name }) => name), ...runsThatDoNotOpen];
    expect(runs.length).toBeGreaterThan(10);
    expect(runs.filter((name) => !firstCells.includes(`\`${name}\``))).toEqual([]);
  });

  it("has a row for each parser that is fuzzed", () => {
    const files = readdirSync(join(root, "tests/unit")).filter((name) => name.startsWith("fuzz-"));
    const titles = files.flatMap((name) =>
      [...read(`tests/unit/${name}`).matchAll(/\bit(?:\.each\([^`]*?\))?\(\s*"([^"]+)"/g)].map(
        ([, title]) => `"${title}"`,
      ),
    );
    expect(titles.length).toBeGreaterThan(35);
    expect(titles.filter((title) => !reliability.includes(title))).toEqual([]);
  });

  it("names each suite that damages or attacks", () => {
    const suites = ["tests/browser", "tests/unit"].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => /^(?:broken-runs|fuzz-[a-z]+|serving|survival)\.test\.ts$/.test(name))
        .map((name) => `${folder}/${name}`),
    );
    expect(suites.length).toBeGreaterThan(5);
    expect(suites.filter((path) => !reliability.includes(path))).toEqual([]);
  });
});
