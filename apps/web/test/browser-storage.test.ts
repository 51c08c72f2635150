import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { answered } from "../src/features/chapter/progress.ts";
import { storedDigit } from "../src/features/digit/current-digit.ts";
import { encodeFloats } from "../src/features/digit/encoding.ts";
import { storedChecklist } from "../src/features/grading/checklist.ts";
import { readText } from "../src/features/report/use-text.ts";

/** What browsers have kept since the first version of the site: nothing that a person made may be lost. */
const local = new Map<string, string>();
const session = new Map<string, string>();
const storage = (texts: Map<string, string>) => ({ getItem: (key: string) => texts.get(key) ?? null });

vi.stubGlobal("localStorage", storage(local));
vi.stubGlobal("sessionStorage", storage(session));
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => {
  local.clear();
  session.clear();
});

const checklist = { estimate: { A1: 2 }, ticks: { D1: true }, overrides: { B2: { marks: 0.5, reason: "seen" } } };
const digit = {
  weights: "abc",
  source: { kind: "test", sample: 20, index: 82, label: 2 },
  pixels: encodeFloats(Float32Array.of(0, 0.5)),
  latent: encodeFloats(Float32Array.of(-1)),
  reconstruction: encodeFloats(Float32Array.of(0.25, 1)),
};

describe("what a browser has kept", () => {
  it("is read: answers, a checklist, a report's texts, the current digit", () => {
    local.set("progress", '{"why-black":2,"shapes":-1}');
    local.set("grading:assignment", JSON.stringify(checklist));
    local.set("report/assignment/labels", " as typed\n");
    session.set("current-digit", JSON.stringify(digit));
    expect([answered("why-black"), answered("shapes"), answered("other")]).toEqual([2, -1, undefined]);
    expect(storedChecklist("assignment").read()).toEqual(checklist);
    expect(storedChecklist("other").read()).toEqual({ estimate: {}, ticks: {}, overrides: {} });
    expect([readText("assignment", "labels"), readText("assignment", "conclusion")]).toEqual([" as typed\n", ""]);
    expect(storedDigit("abc")).toEqual({
      origin: digit.source,
      pixels: Float32Array.of(0, 0.5),
      latent: Float32Array.of(-1),
      reconstruction: Float32Array.of(0.25, 1),
    });
    expect(storedDigit("of another network")).toBeUndefined();
  });

  it.each(["", "null", "[]", "{", '{"weights":1}', JSON.stringify({ ...digit, latent: "?" })])(
    "is taken for nothing where it is nonsense: %s",
    (text) => {
      local.set("progress", text);
      local.set("grading:assignment", text);
      session.set("current-digit", text);
      expect(answered("weights-of-no-question")).toBeUndefined();
      expect(storedChecklist("assignment").read()).toEqual({ estimate: {}, ticks: {}, overrides: {} });
      expect(storedDigit("abc")).toBeUndefined();
    },
  );

  it("of one question does not cost the others where it was altered", () => {
    local.set("progress", '{"why-black":2,"shapes":"yes"}');
    expect([answered("why-black"), answered("shapes")]).toEqual([2, undefined]);
  });
});
