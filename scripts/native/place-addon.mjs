// Puts the addon that `npm run native` built where tfjs-node-gpu looks for it, after an `npm ci` has wiped it.
import { copyFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../lib/process.mjs";

/** The addon as built. */
export const builtAddon = join(root, ".native", "tfjs_binding.node");

/** Where node-pre-gyp finds it: Node-API 8 is the newest version that tfjs-node-gpu 4.22 lists. */
const placedAddon = join(root, "node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node");

/** Copies the addon into place unless it is there already. */
export function placeAddon() {
  if (!existsSync(builtAddon))
    throw new Error(`expected the addon at ${builtAddon} but it is missing; run npm run native`);
  if (existsSync(placedAddon) && statSync(placedAddon).mtimeMs >= statSync(builtAddon).mtimeMs) return;
  mkdirSync(dirname(placedAddon), { recursive: true });
  copyFileSync(builtAddon, placedAddon);
}
