import { join } from "node:path";
import type { BuildOptions } from "esbuild";

/**
 * How the data thread is bundled, into .server/data-thread.mjs. As with the model worker (docs/decisions/0007), a build by the
 * site's bundler is not relied on to carry workers.
 * @param root apps/web
 */
export function threadBundle(root: string) {
  return {
    entryPoints: [join(root, "src", "data-thread", "thread.ts")],
    outfile: join(root, ".server", "data-thread.mjs"),
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
  } satisfies BuildOptions;
}
