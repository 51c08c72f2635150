import { stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Bundles the data thread into .server/data-thread.mjs, from which the server starts it (`src/data-thread/ask.ts`). As with
 * the model worker (docs/decisions/0007), a production build by the site's bundler is not relied on to carry workers.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const outfile = join(root, ".server", "data-thread.mjs");

await build({
  entryPoints: [join(root, "src", "data-thread", "thread.ts")],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // Names in the stack of an error; the few kB are no download.
  keepNames: true,
  sourcemap: "linked",
  logLevel: "warning",
  // Of packages/ui only what draws pixels is used; the style sheets of its figures would be left over.
  loader: { ".css": "empty", ".module.css": "empty" },
  define: { "process.env.NODE_ENV": '"production"' },
});
console.log(`data thread: ${Math.round((await stat(outfile)).size / 1000)} kB`);
