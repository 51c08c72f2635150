import { TRPCError } from "@trpc/server";
import { cache } from "react";
import { api, decodeSamples } from "../../trpc/router.ts";
import { fileAddress } from "./addresses.ts";
import type { RunSource } from "./run-source.ts";

/** A run on the server, or why it cannot be shown and with what status. */
export type LoadedRun = { ok: true; source: RunSource } | { ok: false; status: number; problem: string };

/** The run that pages show unless another is asked for. */
export const defaultRun = "assignment";

/** A run through the API's server-side caller, once for each request. */
export const serverRun = cache(async (name: string): Promise<LoadedRun> => {
  try {
    const run = await api.runs.get({ name });
    return {
      ok: true,
      source: {
        run,
        address: (path) => fileAddress(run, path),
        samples: cache(async () => decodeSamples(await api.runs.samples({ name }))),
      },
    };
  } catch (error) {
    const status = error instanceof TRPCError && error.code === "INTERNAL_SERVER_ERROR" ? 500 : 404;
    return { ok: false, status, problem: (error as Error).message };
  }
});
