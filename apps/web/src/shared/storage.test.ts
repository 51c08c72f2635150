import * as v from "valibot";
import { describe, expect, it, vi } from "vitest";
import { storedValue, textStore } from "./storage.ts";

/** A storage as a browser has one; a full one refuses what is new. */
function storage({ full = false, ...texts }: { full?: boolean; [key: string]: string | boolean } = {}) {
  const kept = new Map<string, string>(Object.entries(texts) as [string, string][]);
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => void kept.delete(key),
    setItem(key: string, value: string) {
      if (full) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    },
  };
}

describe("texts in a browser's storage", () => {
  it("are kept letter by letter, each under a key of its own", () => {
    const store = storage();
    const texts = textStore(() => store);
    texts.write("report/assignment/labels", " Ä\n* ");
    texts.write("report/assignment-literal/labels", "other");
    expect([...store.kept]).toEqual([
      ["report/assignment/labels", " Ä\n* "],
      ["report/assignment-literal/labels", "other"],
    ]);
    expect(textStore(() => store).read("report/assignment/labels")).toBe(" Ä\n* ");
    texts.write("report/assignment/labels", undefined);
    expect([...store.kept.keys()]).toEqual(["report/assignment-literal/labels"]);
  });

  it("of two tabs at once stand side by side", () => {
    const store = storage();
    const [one, other] = [textStore(() => store), textStore(() => store)];
    one.write("report/a/labels", "from one");
    other.write("report/a/conclusion", "from the other");
    expect([one.read("report/a/conclusion"), other.read("report/a/labels")]).toEqual(["from the other", "from one"]);
  });

  it("last in the page where the storage is full or cannot be reached, and say so", () => {
    for (const store of [
      () => storage({ full: true }),
      () => {
        throw new DOMException("denied", "SecurityError");
      },
    ]) {
      const texts = textStore(store);
      expect([texts.read("report/k"), texts.refused("report/")]).toEqual([undefined, false]);
      texts.write("report/k", "kept");
      expect([texts.read("report/k"), texts.refused("report/"), texts.refused("theme")]).toEqual(["kept", true, false]);
    }
  });

  it("are told to those who listen, until they no longer do", () => {
    const texts = textStore(() => storage());
    const heard = vi.fn();
    const stop = texts.subscribe(heard);
    texts.write("k", "a");
    stop();
    texts.write("k", "b");
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe("a stored value", () => {
  const empty = { ticks: {} };
  const definition = {
    name: "list",
    version: 1,
    schema: v.object({ ticks: v.record(v.string(), v.boolean()) }),
    empty,
  };

  it("is kept as JSON and stays the same object until it changes", () => {
    const store = storage();
    const texts = textStore(() => store);
    const list = storedValue(texts, definition);
    expect(list.read()).toBe(empty);
    list.write({ ticks: { D1: true } });
    expect(store.kept.get("list")).toBe('{"ticks":{"D1":true}}');
    expect(list.read()).toEqual({ ticks: { D1: true } });
    expect(list.read()).toBe(list.read());
    store.kept.set("list", '{"ticks":{}}'); // as another tab does
    expect(list.read()).toEqual({ ticks: {} });
  });

  it.each(["", "no JSON", "null", "7", '{"ticks":{"D1":"yes"}}'])("takes the nonsense %o for nothing", (nonsense) => {
    const store = storage({ list: nonsense });
    expect(
      storedValue(
        textStore(() => store),
        definition,
      ).read(),
    ).toBe(empty);
  });

  it("of the version before is read until one of its own is written", () => {
    const store = storage({ list: '["D1"]' });
    const upgrade = (names: unknown) => ({
      ticks: Object.fromEntries((names as string[]).map((name) => [name, true])),
    });
    const list = storedValue(
      textStore(() => store),
      { ...definition, version: 2, earlier: { version: 1, upgrade } },
    );
    expect(list.read()).toEqual({ ticks: { D1: true } });
    list.write({ ticks: {} });
    expect(list.read()).toEqual({ ticks: {} });
    expect([...store.kept]).toEqual([
      ["list", '["D1"]'],
      ["list@2", '{"ticks":{}}'],
    ]);
  });
});
