import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { threadBundle } from "../src/data-thread/bundle.ts";

/** Bundles the data thread, which the server starts (`src/data-thread/data-thread.ts`). */
const bundle = threadBundle(fileURLToPath(new URL("..", import.meta.url)));

await build(bundle);
console.log(`data thread: ${Math.round((await stat(bundle.outfile)).size / 1000)} kB`);
