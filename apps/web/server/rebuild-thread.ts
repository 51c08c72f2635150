import type { Plugin } from "esbuild";
import { threadBundle } from "../src/data-thread/bundle.ts";
import type { Connection } from "../src/data-thread/connection.ts";

/** In development: bundles the data thread anew each time that its program changes; the next question starts it. */
export async function rebuildThread(root: string, thread: Connection): Promise<void> {
  const { context } = await import("esbuild");
  const replace: Plugin = {
    name: "replace",
    setup(build) {
      build.onEnd(({ errors }) => {
        if (errors.length === 0) thread.replace();
      });
    },
  };
  const bundling = await context({ ...threadBundle(root), plugins: [replace] });
  await bundling.watch();
}
