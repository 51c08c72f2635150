// What `npm run native` writes once the library is proved: device, versions, and the folder that it was built for.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/process.mjs";

export const stampPath = join(root, ".native", "stamp.json");

/** The stamp, or undefined where nothing is provisioned. */
export function readStamp() {
  try {
    return JSON.parse(readFileSync(stampPath, "utf8"));
  } catch {
    return undefined;
  }
}
