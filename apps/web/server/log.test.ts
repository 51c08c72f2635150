import { afterEach, beforeEach, expect, it } from "vitest";
import { createLog, takeOverConsole } from "./log.ts";

const lines: string[] = [];
const write = (line: string) => lines.push(line);
const own = { ...console };
beforeEach(() => {
  lines.length = 0;
});
afterEach(() => {
  Object.assign(console, own);
});

it("writes an event as a line of JSON, whatever a stranger put into it", () => {
  createLog("json", write).warn("an answer took long", { path: '/"\n{}', milliseconds: 1200, nothing: undefined });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  const { time, ...event } = JSON.parse(lines[0] ?? "");
  expect(event).toEqual({ level: "warn", message: "an answer took long", path: '/"\n{}', milliseconds: 1200 });
  expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000);
});

it("writes it as a line of text in which a stranger moves no cursor", () => {
  const log = createLog("text", write);
  log.info("Serving at http://localhost:3000");
  log.error("an answer failed", { path: "/\u001b[2Ja\r\n", status: 500, nothing: undefined });
  expect(lines).toEqual(["Serving at http://localhost:3000\n", "error: an answer failed, path /?[2Ja??, status 500\n"]);
});

it("takes what others print", () => {
  takeOverConsole(createLog("json", write));
  console.error("\u001b[31m%s failed\u001b[39m", "a page", { digest: 7 });
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "error", message: "a page failed { digest: 7 }" });
});
