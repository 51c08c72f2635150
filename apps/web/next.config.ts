import createMDX from "@next/mdx";
import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  pageExtensions: ["ts", "tsx"],
  transpilePackages: ["@autoencoder/model", "@autoencoder/data", "@autoencoder/ui"],
  devIndicators: false,
  // `npm run check` checks the types of the whole workspace; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  async headers() {
    const safety = [
      { key: "X-Content-Type-Options", value: "nosniff" },
      { key: "Referrer-Policy", value: "same-origin" },
    ];
    return [{ source: "/(.*)", headers: safety }];
  },
};

// Turbopack takes plugins by name, with options that are plain data.
const withMDX = createMDX({ options: { remarkPlugins: [["remark-gfm"]] } });

export default withMDX(config);
