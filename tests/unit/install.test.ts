import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

/** What the root commands take for an installation, and when they install by themselves. */

const install = join(import.meta.dirname, "..", "..", "scripts", "lib", "install.mjs");
const react = { version: "19.3.1", integrity: "sha512-react" };
const elsewhere = { version: "1.0.0", integrity: "sha512-os", optional: true, os: ["plan9"], cpu: ["sparc"] };
const here = { ...elsewhere, os: [process.platform], cpu: [process.arch] };
const fallback = { version: "1.0.0", integrity: "sha512-wasm", optional: true };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "install-"));
  mkdirSync(join(folder, "node_modules"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function isInstalled(): boolean {
  const program = `import { isInstalled } from ${JSON.stringify(install)}; console.log(isInstalled(process.argv[1]));`;
  const args = ["--input-type=module", "-e", program, folder];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}
function lay(path: string, packages: object): void {
  writeFileSync(join(folder, path), JSON.stringify({ packages }));
}

test.each<[string, boolean, object, object]>([
  ["what the lock file says", true, { "node_modules/react": react }, { "node_modules/react": react }],
  ["a package fewer", false, { "node_modules/react": react }, {}],
  [
    "another version",
    false,
    { "node_modules/react": react },
    { "node_modules/react": { ...react, version: "19.0.0" } },
  ],
  [
    "other bytes",
    false,
    { "node_modules/react": react },
    { "node_modules/react": { ...react, integrity: "sha512-x" } },
  ],
  ["no binaries of other platforms", true, { "node_modules/os": elsewhere }, {}],
  ["no binary of this platform", false, { "node_modules/os": here }, {}],
  ["no optional fallback", true, { "node_modules/wasm": fallback }, {}],
  ["a package more", true, {}, { "node_modules/react": react }],
])("an installation with %s counts: %s", (_, expected, wanted, there) => {
  lay("package-lock.json", { "": { name: "root" }, ...wanted });
  lay("node_modules/.package-lock.json", there);
  expect(isInstalled()).toBe(expected);
});

test("an installation that was cut short does not count", () => {
  lay("package-lock.json", { "node_modules/react": react });
  expect(isInstalled()).toBe(false); // npm writes its list last
  writeFileSync(join(folder, "node_modules/.package-lock.json"), '{"packages": {"node_mod');
  expect(isInstalled()).toBe(false);
});
