import type { IncomingHttpHeaders } from "node:http";
import { runName } from "@autoencoder/model/run";
import { showsAskedRun } from "../src/server/asked-run.ts";

/**
 * Under which name the page that is asked for is kept; undefined for what is no page, and for pages whose address says more
 * than which run they show. Every name is written in one way only.
 */
export function pageKey(url: string, headers: IncomingHttpHeaders): string | undefined {
  const [, path = "", query] = /^([^?]*)(?:\?(.*))?$/s.exec(url) ?? [];
  if (
    !/^\/(?:[a-z0-9-]+(?:\/[a-z0-9-]+)*)?$/.test(path) ||
    /^\/(?:files|data|drawn|api|program|notebooks)\//.test(path)
  ) {
    return undefined;
  }
  // Next's own navigation asks for a page's data, not for the page.
  if (Object.keys(headers).some((name) => name === "rsc" || name.startsWith("next-"))) return undefined;
  if (query === undefined) return path;
  const run = /^run=(.+)$/.exec(query)?.[1];
  if (run === undefined || !runName.safeParse(run).success || !showsAskedRun(path)) return undefined;
  return `${path}?run=${run}`;
}
