import type { OutgoingHttpHeaders, RequestListener } from "node:http";
import { inject, type Response } from "light-my-request";
import { type Dependency, recording } from "../src/server/dependencies.ts";
import { contentPolicy } from "../src/server/policy.ts";
import { hashedScripts } from "./inline-scripts.ts";
import { lateScripts } from "./late-scripts.ts";

/** A page as it is handed to every reader. */
export interface Page {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly html: string;
  readonly dependencies: readonly Dependency[];
}

/** What belongs to one answer on one connection. */
const ownHeaders = ["connection", "content-length", "date", "keep-alive", "transfer-encoding"];

const policyHeader = "content-security-policy";

/** For such a reader Next writes a page whole, with nothing that script would have to move into place. */
const patientReader = "Twitterbot";

/**
 * A page of Next's, made once for all readers: hashes of its scripts are its policy, and its nonce is nobody's. No reader's
 * headers reach it, so that none can put anything into what the others get.
 * @param next Next's request handler
 */
export async function renderPage(next: RequestListener, url: string): Promise<Page> {
  const { value: answer, dependencies } = await recording(() => ask(next, url));
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !ownHeaders.includes(name)));
  const nonce = /'nonce-([\w+/=]+)'/.exec(String(headers[policyHeader]))?.[1];
  const status = answer.statusCode;
  if (nonce === undefined) return { status, headers, html: answer.body, dependencies };
  const { html, sources } = hashedScripts(lateScripts(answer.body, nonce), nonce);
  headers[policyHeader] = contentPolicy(sources);
  if (headers.link !== undefined) headers.link = String(headers.link).replaceAll(`; nonce="${nonce}"`, "");
  return { status, headers, html, dependencies };
}

/** Asks Next without a connection. */
function ask(next: RequestListener, url: string): Promise<Response> {
  const request = { method: "GET", url, headers: { host: "localhost", "user-agent": patientReader } } as const;
  return new Promise((resolve, reject) => {
    // Without a callback `inject` begins only when its answer is awaited, and then outside the recording.
    inject(next, request, (error, answer) => (answer ? resolve(answer) : reject(error)));
  });
}
