import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { recording } from "../src/server/dependencies.ts";
import { withFile } from "../src/server/stored-files.ts";
import { KeptPages } from "./kept-pages.ts";
import type { Page } from "./render.ts";

let folder: string;
const write = (text: string) => writeFileSync(join(folder, "a.txt"), text);
/** Longer than a file system's tick, after which a file's state tells of the next change. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 150));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pages-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A page that shows a file, or a sentence where it is missing. */
async function render(key: string, status = 200): Promise<Page> {
  const { value, dependencies } = await recording(() =>
    withFile(folder, "a.txt", async (file) => String(Buffer.from(await file.bytes(100)))).catch(() => "no file"),
  );
  return { status, headers: {}, html: `${key}: ${value}`, dependencies };
}
const textOf = async (pages: KeptPages, key: string) => (await pages.get(key)).bytes.identity.toString();

it("a page is made once while its files are the same, and anew once one is another, goes or comes", async () => {
  const made = vi.fn(render);
  const pages = new KeptPages((key) => made(key));
  write("first");
  await settle();
  for (const _ of [1, 2, 3]) expect(await textOf(pages, "/")).toBe("/: first");
  expect(made).toHaveBeenCalledTimes(1);
  write("other");
  await settle();
  for (const _ of [1, 2]) expect(await textOf(pages, "/")).toBe("/: other");
  expect(made).toHaveBeenCalledTimes(2);
  rmSync(join(folder, "a.txt"));
  for (const _ of [1, 2]) expect(await textOf(pages, "/")).toBe("/: no file");
  expect(made).toHaveBeenCalledTimes(3);
  write("first");
  expect(await textOf(pages, "/")).toBe("/: first");
});

it("a page of a file that was written a moment ago is made anew, until its state can tell of the next writing", async () => {
  const made = vi.fn(render);
  const pages = new KeptPages((key) => made(key));
  write("young");
  await pages.get("/");
  await settle();
  for (const _ of [1, 2, 3]) await pages.get("/");
  expect(made).toHaveBeenCalledTimes(2);
});

it("readers who come together share one page in the making, each page its own", async () => {
  const made = vi.fn(render);
  const pages = new KeptPages((key) => made(key));
  write("first");
  await settle();
  const texts = await Promise.all(["/", "/a", "/", "/", "/a"].map((key) => textOf(pages, key)));
  expect(texts).toEqual(["/", "/a", "/", "/", "/a"].map((key) => `${key}: first`));
  expect(made).toHaveBeenCalledTimes(2);
});

it("a reader who comes after a file was written never gets what was read before", async () => {
  write("first");
  await settle();
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const pages = new KeptPages(async (key) => {
    const page = await render(key);
    await held;
    return page;
  });
  const early = textOf(pages, "/");
  await settle();
  write("other");
  const late = textOf(pages, "/");
  await settle();
  go();
  expect(await early).toBe("/: first");
  expect(await late).toBe("/: other");
});

it.each([404, 500])("a page with the status %i is not kept, nor what it replaces", async (status) => {
  write("first");
  await settle();
  const statuses = [200, status, status, 200];
  const made = vi.fn((key: string) => render(key, statuses.shift() ?? 200));
  const pages = new KeptPages(made);
  expect((await pages.get("/")).status).toBe(200);
  write("other");
  await settle();
  expect((await pages.get("/")).status).toBe(status);
  expect((await pages.get("/")).status).toBe(status);
  expect((await pages.get("/")).status).toBe(200);
  expect(made).toHaveBeenCalledTimes(4);
});

it("a page that seems to depend on nothing is not kept", async () => {
  const made = vi.fn(async () => ({ ...(await render("/")), dependencies: [] }));
  const pages = new KeptPages(made);
  for (const _ of [1, 2]) await pages.get("/");
  expect(made).toHaveBeenCalledTimes(2);
});

it("a page that cannot be made is tried again", async () => {
  const made = vi.fn(render).mockRejectedValueOnce(new Error("out of memory"));
  const pages = new KeptPages((key) => made(key));
  await expect(pages.get("/")).rejects.toThrow("out of memory");
  expect((await pages.get("/")).status).toBe(200);
});

it("what is kept is bounded in bytes: the page that was asked for longest ago goes first", async () => {
  write("x".repeat(100));
  await settle();
  const made = vi.fn(render);
  const pages = new KeptPages((key) => made(key), 3 * 200);
  const asked = async (key: string) => {
    const before = made.mock.calls.length;
    await pages.get(key);
    return made.mock.calls.length > before ? "made" : "kept";
  };
  const keys = ["/a", "/b", "/c", "/d", "/e"];
  for (const key of keys) expect(await asked(key)).toBe("made");
  expect(await asked("/e")).toBe("kept");
  expect(await asked("/a")).toBe("made");
});

it("a stranger who makes up a thousand names has four pages made at a time, and none for a reader who has left", async () => {
  write("first");
  await settle();
  let [making, most, begun] = [0, 0, 0];
  const pages = new KeptPages(async (key) => {
    begun += 1;
    most = Math.max(most, ++making);
    await new Promise((resolve) => setTimeout(resolve, 5));
    making -= 1;
    return render(key, 404);
  });
  const readers = Array.from({ length: 900 }, () => new AbortController());
  const left = readers.map(({ signal }, at) => pages.get(`/?run=left-${at}`, signal));
  for (const reader of readers) reader.abort();
  const waited = await Promise.all(Array.from({ length: 100 }, (_, at) => textOf(pages, `/?run=${at}`)));
  expect(waited).toEqual(Array.from({ length: 100 }, (_, at) => `/?run=${at}: first`));
  expect((await Promise.all(left)).filter(({ status }) => status === 499).length).toBe(900 - 4);
  expect([most, begun]).toEqual([4, 104]);
});
