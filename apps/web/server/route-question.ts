import type { IncomingMessage } from "node:http";
import type { RouteName, RouteQuestion } from "../src/data-thread/messages.ts";

/** What a reader may say of bytes: which part of them, and which he has. */
const ofBytes = ["range", "if-range", "if-none-match"];

/** What is answered that is no page, and the headers of a request that decide about the answer. */
const headersOf: Readonly<Record<RouteName, readonly string[]>> = {
  // None: equal questions share an answer, and a reader's header could have it written in another form for all.
  api: [],
  data: ofBytes,
  drawn: ofBytes,
  files: ofBytes,
  notebooks: ofBytes,
  program: ofBytes,
};

/** What the data thread is asked for a request; undefined where a page is meant. */
export function routeQuestion({ url = "/", method = "GET", headers }: IncomingMessage): RouteQuestion | undefined {
  // A proxy may send the whole address.
  const address = url.replace(/^https?:\/\/[^/?#]*/i, "");
  const found = /^\/(?:(api)\/trpc\/([^/?]+)|(data|drawn|files|notebooks|program)\/([^?]+))(?:\?|$)/.exec(address);
  const [, name, rest = ""] = found?.filter(Boolean) ?? [];
  if (!isRoute(name)) return undefined;
  const given = [...headersOf[name], "x-request-id"].flatMap((header): [string, string][] => {
    const value = headers[header];
    return value === undefined ? [] : [[header, String(value)]];
  });
  return {
    route: name,
    path: rest.split("/"),
    // The address's host decides about nothing that is behind the front.
    request: { url: `http://localhost${address}`, method: name === "api" ? "GET" : method, headers: given },
  };
}

function isRoute(name: string | undefined): name is RouteName {
  return name !== undefined && Object.hasOwn(headersOf, name);
}
