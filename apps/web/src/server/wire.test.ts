import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { lengthHeader } from "./answers.ts";
import { watchWire } from "./wire.ts";

/** A server that does as Next does: its listener knows nothing of what happens on the wire. */
let server: Server;
beforeAll(async () => {
  watchWire();
  server = createServer((asked, answer) => {
    answer.setHeader(lengthHeader, "5");
    answer.setHeader("x-method", asked.method ?? "");
    answer.flushHeaders();
    answer.end(asked.method === "HEAD" ? undefined : "bytes");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

const ask = (method: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request({ port, host: "127.0.0.1", method }, (answer) => resolve(answer.resume()))
      .on("error", reject)
      .end();
  });

it.each(["GET", "HEAD"])("an answer to %s says its length", async (method) => {
  const { headers } = await ask(method);
  expect(headers).toMatchObject({ "content-length": "5" });
  expect(headers).not.toHaveProperty(lengthHeader);
  expect(headers).not.toHaveProperty("transfer-encoding");
});

it("TRACE arrives as a method that Next understands and the site refuses", async () => {
  expect((await ask("TRACE")).headers["x-method"]).toBe("OPTIONS");
});
