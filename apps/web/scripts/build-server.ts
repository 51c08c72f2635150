import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import packageJson from "../package.json" with { type: "json" };

/**
 * Bundles the site's server into .server/main.mjs, so that it starts without a translator of TypeScript beside it. Packages
 * of npm stay outside, ours are taken along.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const external = Object.keys(packageJson.dependencies).filter((name) => !name.startsWith("@autoencoder/"));

await build({
  entryPoints: [join(root, "server", "main.ts")],
  outfile: join(root, ".server", "main.mjs"),
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // esbuild is there in development only, and only then asked for; a pool's queue where there is one.
  external: [...external, "bullmq", "ioredis", "esbuild"],
  logLevel: "warning",
});
