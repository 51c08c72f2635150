import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Run } from "@autoencoder/model/run";
import { root } from "../paths.ts";

/** The folders whose sources decide a run's weights: change one, and the same recipe may give another result. */
const decisive = ["packages/data/src", "packages/model/src/network", "packages/model/src/training"];

/** Hash of the decisive sources, the commit, and whether they differ from it. */
export function describeSource(): Run["source"] {
  const hash = createHash("sha256");
  for (const path of decisive.flatMap(sourcesIn).sort()) {
    hash.update(`${relative(root, path).replaceAll("\\", "/")}\n`);
    hash.update(readFileSync(path));
    hash.update("\n");
  }
  const status = git(["status", "--porcelain", "--", ...decisive]);
  return { sha256: hash.digest("hex"), commit: git(["rev-parse", "HEAD"]) ?? null, dirty: status !== "" };
}

function sourcesIn(path: string): string[] {
  const full = join(root, path);
  return readdirSync(full, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => join(full, name));
}

function git(args: string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}
