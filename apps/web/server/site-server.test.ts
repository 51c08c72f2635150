import type { Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createSiteServer, stopServer } from "./site-server.ts";

let server: Server;
afterEach(() => server.closeAllConnections());

async function listen(made: Server): Promise<(sent: string) => { socket: Socket; ended: Promise<string> }> {
  server = made;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return (sent) => {
    const socket = connect(port, "127.0.0.1");
    let got = "";
    socket.on("data", (data) => {
      got += data;
    });
    const ended = new Promise<string>((resolve) => socket.on("close", () => resolve(got)).on("error", () => {}));
    socket.write(sent);
    return { socket, ended };
  };
}

it("does not wait for a reader who sends the head of a request letter by letter", async () => {
  const open = await listen(createSiteServer(() => {}, { headersTimeout: 100, connectionsCheckingInterval: 50 }));
  const { socket, ended } = open("GET / HTTP/1.1\r\nx-slow: ");
  const letters = setInterval(() => socket.write("a"), 20);
  expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
  clearInterval(letters);
});

it("does not wait for a reader who takes nothing", async () => {
  const bytes = Buffer.alloc(50_000_000);
  const made = createSiteServer((_, response) => response.end(bytes), { idle: 200 });
  const open = await listen(made);
  const { socket } = open("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  socket.pause();
  const gone = new Promise<void>((resolve) => made.on("connection", (one) => one.on("close", () => resolve())));
  await gone;
  socket.destroy();
});

it("takes no more connections than it can hold", async () => {
  const open = await listen(createSiteServer((_, response) => response.end("page"), { connections: 2 }));
  const request = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
  const first = open(request);
  const second = open(request);
  await Promise.all([first, second].map(({ socket }) => new Promise((resolve) => socket.once("data", resolve))));
  expect(await open(request).ended).toBe("");
  first.socket.destroy();
  await first.ended;
  await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(1);
  expect(await open("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").ended).toMatch(/page$/);
});

it("lets a running answer end when it stops, and breaks off one that does not", async () => {
  const answers: (() => void)[] = [];
  const open = await listen(createSiteServer((_, response) => answers.push(() => response.end("page"))));
  const request = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
  const running = open(request);
  const stuck = open(request);
  await expect.poll(() => answers.length).toBe(2);
  const began = performance.now();
  const stopped = stopServer(server, 1000);
  expect(server.listening).toBe(false);
  answers[0]?.();
  expect(await running.ended).toMatch(/page$/);
  expect(performance.now() - began).toBeLessThan(990);
  await stopped;
  expect(await stuck.ended).toBe("");
  expect(performance.now() - began).toBeGreaterThan(990);
});

it("answers what comes on a kept connection while it stops, and says that the connection ends", async () => {
  const open = await listen(createSiteServer((_, response) => response.end("page")));
  const request = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
  const [asking, idle] = [open(request), open(request)];
  await Promise.all([asking, idle].map(({ socket }) => new Promise((resolve) => socket.once("data", resolve))));
  const stopped = stopServer(server, 4000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  asking.socket.write(request);
  const [first, second] = (await asking.ended).split(/(?<=page)/);
  expect(first).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: keep-alive/i);
  expect(second).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close[\s\S]*page$/i);
  expect(await idle.ended).toBe(first);
  await stopped;
});

it("says with an answer that was being made when it was told to stop that its connection ends", async () => {
  const answers: (() => void)[] = [];
  const open = await listen(createSiteServer((_, response) => answers.push(() => response.end("page"))));
  const running = open("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  await expect.poll(() => answers.length).toBe(1);
  const stopped = stopServer(server, 4000);
  answers[0]?.();
  expect(await running.ended).toMatch(/connection: close[\s\S]*page$/i);
  await stopped;
});
