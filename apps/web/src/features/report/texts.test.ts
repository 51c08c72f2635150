import { describe, expect, it, vi } from "vitest";
import { textKey, textsIn } from "./texts.ts";

/** A storage as a browser has one; a full one refuses what is new. */
function storage({ full = false } = {}) {
  const kept = new Map<string, string>();
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

describe("what a student writes", () => {
  it("is kept letter by letter, a text under a key of its own", () => {
    const store = storage();
    const texts = textsIn(() => store);
    texts.write(textKey("assignment", "labels"), " Ä\n* ");
    texts.write(textKey("assignment-literal", "labels"), "other");
    expect([...store.kept]).toEqual([
      ["report/assignment/labels", " Ä\n* "],
      ["report/assignment-literal/labels", "other"],
    ]);
    expect(textsIn(() => store).read("report/assignment/labels")).toBe(" Ä\n* ");
    texts.write("report/assignment/labels", "");
    expect([...store.kept.keys()]).toEqual(["report/assignment-literal/labels"]);
  });

  it("of two tabs at once stands side by side", () => {
    const store = storage();
    const [one, other] = [textsIn(() => store), textsIn(() => store)];
    one.write("report/a/labels", "from one");
    other.write("report/a/conclusion", "from the other");
    expect([one.read("report/a/conclusion"), other.read("report/a/labels")]).toEqual(["from the other", "from one"]);
  });

  it("lasts in the page where the storage is full or cannot be reached, and says so", () => {
    for (const store of [
      () => storage({ full: true }),
      () => {
        throw new DOMException("denied", "SecurityError");
      },
    ]) {
      const texts = textsIn(store);
      expect([texts.read("k"), texts.refused()]).toEqual(["", false]);
      texts.write("k", "kept");
      expect([texts.read("k"), texts.refused()]).toEqual(["kept", true]);
    }
  });

  it("is told to those who listen, until they no longer do", () => {
    const texts = textsIn(() => storage());
    const heard = vi.fn();
    const stop = texts.subscribe(heard);
    texts.write("k", "a");
    stop();
    texts.write("k", "b");
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
