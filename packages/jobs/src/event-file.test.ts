import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventLine } from "@autoencoder/model/run";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { EventFile, isAfter, placeId, placeOf } from "./event-file.ts";

/** A file of events while a trainer appends to it. */

const folder = mkdtempSync(join(tmpdir(), "events-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let path = "";
let count = 0;
beforeEach(() => {
  path = join(folder, `${count++}.jsonl`);
});
const attempt = (number: number, resumes = false) => eventLine({ event: "attempt", attempt: number, resumes });
const error = (message: string) => eventLine({ event: "error", message });
const ids = ({ events }: EventFile) => events.map(placeId);

describe("a file of events", () => {
  it("has none where it is not there yet, and all once they are", async () => {
    const file = new EventFile(path);
    await file.read();
    expect(file.events).toEqual([]);
    appendFileSync(path, attempt(3) + error("one") + error("two"));
    await file.read();
    expect(ids(file)).toEqual(["3.0", "3.1", "3.2"]);
  });

  it("counts a line once its end is there, and takes it whole then", async () => {
    const file = new EventFile(path);
    const line = error("half");
    appendFileSync(path, attempt(1) + line.slice(0, 9));
    await file.read();
    expect(ids(file)).toEqual(["1.0"]);
    appendFileSync(path, line.slice(9));
    await file.read();
    expect(file.events.at(-1)?.event).toEqual({ event: "error", message: "half" });
  });

  it("is read on within a letter of several bytes", async () => {
    const file = new EventFile(path);
    const bytes = Buffer.from(attempt(1) + error("größer – 数字"));
    for (const byte of bytes) {
      appendFileSync(path, Buffer.of(byte));
      await file.read();
    }
    expect(file.events.at(-1)?.event).toEqual({ event: "error", message: "größer – 数字" });
    expect(ids(file)).toEqual(["1.0", "1.1"]);
  });

  it("numbers the lines of an attempt by themselves, and counts those that are no event", async () => {
    // A trainer that was killed left half a line; the next attempt ends it.
    appendFileSync(
      path,
      `${attempt(4)}${error("one")}{"event":"st\n${attempt(7, true)}{"event":"unknown"}\n${error("two")}`,
    );
    const file = new EventFile(path);
    await file.read();
    expect(ids(file)).toEqual(["4.0", "4.1", "7.0", "7.2"]);
  });

  it("is read the same from the beginning by another server", async () => {
    appendFileSync(path, attempt(1) + error("a".repeat(70_000)) + error("b"));
    const before = new EventFile(path);
    await before.read();
    appendFileSync(path, error("c"));
    const [again] = [new EventFile(path)];
    await Promise.all([before.read(), before.read(), again.read()]);
    expect(ids(before)).toEqual(["1.0", "1.1", "1.2", "1.3"]);
    expect(again.events).toEqual(before.events);
  });
});

it("places are in order by attempt, then by line", () => {
  expect(placeOf("12.345")).toEqual({ attempt: 12, line: 345 });
  expect(isAfter(placeOf("2.0"), placeOf("1.99"))).toBe(true);
  expect(isAfter(placeOf("2.10"), placeOf("2.9"))).toBe(true);
  expect(isAfter(placeOf("2.9"), placeOf("2.9"))).toBe(false);
});
