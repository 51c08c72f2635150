import { refuse } from "../src/server/answers.ts";
import { acceptsHost, hostRefusal, type Listening } from "../src/server/hosts.ts";
import { isOfTraining } from "../src/trpc/train-address.ts";

interface Asked {
  method: string | undefined;
  /** The Host header. */
  host: string | undefined;
  /** As it was sent: path and query. */
  url: string | undefined;
}

/** What no page and no route should meet. */
export function refusalOf({ method, host, url = "/" }: Asked, here: Listening): Response | undefined {
  if (!acceptsHost(host ?? null, here)) return refuse(421, hostRefusal(host ?? null, here));
  const mayPost = isOfTraining(url) && method === "POST";
  if (method !== "GET" && method !== "HEAD" && !mayPost) {
    return refuse(405, "expected GET or HEAD: nothing here can be changed", { allow: "GET, HEAD" });
  }
  if (!isDecodable(url.split("?", 1)[0] ?? "")) {
    return refuse(400, "expected an address with % followed by the hexadecimal digits of UTF-8; check the address");
  }
  return undefined;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
