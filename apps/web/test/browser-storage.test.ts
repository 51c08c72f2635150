import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetCurrentDigit, storedDigit } from "../src/features/digit/current-digit.ts";
import { encodeFloats } from "../src/features/digit/encoding.ts";
import { storedChecklist } from "../src/features/grading/checklist.ts";
import { readText } from "../src/features/report/use-text.ts";
import { answered, answers, countAnswered } from "../src/shared/progress.ts";

/** What browsers have kept since the first version of the site: nothing that a person made may be lost. */
const local = new Map<string, string>();
const session = new Map<string, string>();
const storage = (texts: Map<string, string>) => ({
  getItem: (key: string) => texts.get(key) ?? null,
  removeItem: (key: string) => texts.delete(key),
});

vi.stubGlobal("localStorage", storage(local));
vi.stubGlobal("sessionStorage", storage(session));
vi.stubGlobal("removeEventListener", () => {}); // Node has no window
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => {
  local.clear();
  session.clear();
});

const checklist = { estimate: { A1: 1 }, ticks: { D1: true }, overrides: { B2: { marks: 0.5, reason: "seen" } } };
const digit = {
  weights: "abc",
  source: { kind: "test", sample: 20, index: 82, label: 2 },
  pixels: encodeFloats(new Float32Array(784).fill(0.5)),
  latent: encodeFloats(Float32Array.of(-1, 0, 1e3)),
  reconstruction: encodeFloats(new Float32Array(784).fill(0.25)),
};
const answerOf = (question: string) => answered(answers.read(), question, 3);
/** The network that made it. */
const network = { weights: "abc", code: 3 };

describe("what a browser has kept", () => {
  it("is read: answers, a checklist, a report's texts, the current digit", () => {
    local.set("progress", '{"why-black":2,"shapes":-1}');
    local.set("grading:assignment", JSON.stringify(checklist));
    local.set("report/assignment/labels", " as typed\n");
    session.set("current-digit", JSON.stringify(digit));
    expect([answerOf("why-black"), answerOf("shapes"), answerOf("other")]).toEqual([2, -1, undefined]);
    expect(storedChecklist("assignment").read()).toEqual(checklist);
    expect(storedChecklist("other").read()).toEqual({ estimate: {}, ticks: {}, overrides: {} });
    expect([readText("assignment", "labels"), readText("assignment", "conclusion")]).toEqual([" as typed\n", ""]);
    expect(storedDigit(network)).toEqual({
      origin: digit.source,
      pixels: new Float32Array(784).fill(0.5),
      latent: Float32Array.of(-1, 0, 1e3),
      reconstruction: new Float32Array(784).fill(0.25),
    });
    expect(storedDigit({ ...network, weights: "of another network" })).toBeUndefined();
  });

  it.each(["", "null", "[]", "{", '{"weights":1}', JSON.stringify({ ...digit, latent: "?" })])(
    "is taken for nothing where it is nonsense: %s",
    (text) => {
      local.set("progress", text);
      local.set("grading:assignment", text);
      session.set("current-digit", text);
      expect(answerOf("weights-of-no-question")).toBeUndefined();
      expect(storedChecklist("assignment").read()).toEqual({ estimate: {}, ticks: {}, overrides: {} });
      expect(storedDigit(network)).toBeUndefined();
    },
  );

  it("of one question does not cost the others where it was altered, and is not counted", () => {
    local.set("progress", '{"why-black":2,"shapes":"yes","counting":1e999,"loss":7,"code":-2,"__proto__":1}');
    const questions = ["why-black", "shapes", "counting", "loss", "code", "constructor", "__proto__"];
    expect(questions.map((question) => answerOf(question))).toEqual([2, ...Array(6).fill(undefined)]);
    expect(countAnswered(answers.read(), ["why-black", "shapes", "counting", "code", "constructor"])).toBe(1);
  });

  it("of one check does not cost the others where it is more than the check has, or no half marks", () => {
    const altered = {
      estimate: { A1: 1e9, A2: 1, A3: "1", B1: 0.3, Z9: 1, __proto__: { D1: 2 } },
      ticks: { D1: true, D2: "true", constructor: true },
      overrides: {
        A1: { marks: 1e308, reason: "" },
        A2: { marks: 0.25, reason: "no half" },
        A3: { marks: 0.5 },
        B1: { marks: 0.5, reason: "seen" },
      },
    };
    local.set("grading:assignment", JSON.stringify(altered).replace("1e+308", "1e999"));
    expect(storedChecklist("assignment").read()).toEqual({
      estimate: { A2: 1 },
      ticks: { D1: true },
      overrides: { B1: { marks: 0.5, reason: "seen" } },
    });
  });

  it.each(["\u0000<script>alert(1)</script>\ud800", "x".repeat(1_000_000), '{"labels":1}'])(
    "of a report is the text that it is: %.40j",
    (text) => {
      local.set("report/assignment/labels", text);
      expect(readText("assignment", "labels")).toBe(text);
    },
  );
});

describe("a digit that was kept", () => {
  const floats = (length: number, value: number) => encodeFloats(new Float32Array(length).fill(value));
  const altered = (changes: object) => session.set("current-digit", JSON.stringify({ ...digit, ...changes }));

  it.each([
    ["of too few pixels", { pixels: floats(783, 0) }],
    ["of too many pixels", { pixels: floats(785, 0), reconstruction: floats(785, 0) }],
    ["of no pixels", { pixels: "", reconstruction: "" }],
    ["of half a pixel too much", { pixels: btoa("\0".repeat(784 * 4 + 2)) }],
    ["with NaN among its pixels", { pixels: floats(784, Number.NaN) }],
    ["brighter than white", { pixels: floats(784, 1.01) }],
    ["darker than black", { reconstruction: floats(784, -0.01) }],
    ["rebuilt to too few pixels", { reconstruction: floats(28, 0) }],
    ["rebuilt to NaN", { reconstruction: floats(784, Number.NaN) }],
    ["with a code of another length", { latent: floats(4, 0) }],
    ["without a code", { latent: "" }],
    ["with NaN in its code", { latent: floats(3, Number.NaN) }],
    ["with infinity in its code", { latent: floats(3, Number.NEGATIVE_INFINITY) }],
    ["that is no base64", { latent: "AAAA!AAA" }],
    ["that is numbers instead of text", { pixels: Array(784).fill(0) }],
    ["of a class that there is not", { source: { ...digit.source, label: 10 } }],
    ["of a negative place", { source: { ...digit.source, sample: -50 } }],
    ["of half a place", { source: { ...digit.source, index: 0.5 } }],
    ["of no origin", { source: { kind: "found" } }],
  ])("is ignored when it is one %s", (_, changes) => {
    altered({});
    expect(storedDigit(network)).toBeDefined();
    altered(changes);
    expect(storedDigit(network)).toBeUndefined();
  });

  it("can be forgotten, be it sound or not", () => {
    for (const text of [JSON.stringify(digit), "nonsense"]) {
      session.set("current-digit", text);
      forgetCurrentDigit();
      expect([...session.keys()]).toEqual([]);
    }
  });
});
