import { readFileSync } from "node:fs";
import { join } from "node:path";
import createMDX from "@next/mdx";
import type { NextConfig } from "next";
import { PHASE_PRODUCTION_SERVER } from "next/constants.js";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  pageExtensions: ["ts", "tsx"],
  transpilePackages: ["@autoencoder/model", "@autoencoder/data", "@autoencoder/ui", "@autoencoder/jobs"],
  devIndicators: false,
  // `npm run check` checks the types of the whole workspace; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Pictures are drawn in the size that they are shown in: no address that scales them.
  images: { unoptimized: true },
  // Addresses of chapters that were renamed.
  async redirects() {
    return [
      { source: "/chapters/the-run-at-a-glance", destination: "/chapters/hand-it-in", permanent: true },
      { source: "/chapters/conclude-run-hand-in", destination: "/chapters/what-would-improve-it", permanent: true },
    ];
  },
  async headers() {
    const forGood = { key: "Cache-Control", value: "public, max-age=31536000, immutable" };
    return [{ source: "/model-worker/:hash/:file", headers: [forGood] }];
  },
};

// Turbopack takes plugins by name, with options that are plain data.
const withMDX = createMDX({ options: { remarkPlugins: [["remark-gfm"]] } });

/** Built scripts hold the workers' addresses already: a server that is started asks for none. */
export default (phase: string): NextConfig =>
  withMDX(phase === PHASE_PRODUCTION_SERVER ? config : { ...config, env: workerAddresses() });

/** Where `scripts/build-worker.ts` laid the workers' programs. */
function workerAddresses(): Record<"MODEL_WORKER" | "TRAINING_WORKER" | "TRAINING_GPU_WORKER", string> {
  const path = join(process.cwd(), "public", "model-worker", "address.json");
  try {
    const addresses = JSON.parse(readFileSync(path, "utf8")) as Record<"worker" | "training" | "trainingGpu", string>;
    const { worker, training, trainingGpu } = addresses;
    return { MODEL_WORKER: worker, TRAINING_WORKER: training, TRAINING_GPU_WORKER: trainingGpu };
  } catch (cause) {
    throw new Error(`expected the workers' addresses in ${path}; npm run worker in apps/web builds them`, { cause });
  }
}
