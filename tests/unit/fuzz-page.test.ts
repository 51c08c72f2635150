import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assignmentSpec, countValues, type MapLayer, mapLayersOf } from "@autoencoder/model";
import { fixtures, grade } from "@autoencoder/model/grading";
import { diagnose, readHistory } from "@autoencoder/model/history";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { partAsked, sampleAsked, stepAsked } from "../../apps/web/src/features/chapter/asked.ts";
import { storedDigit } from "../../apps/web/src/features/digit/current-digit.ts";
import { decodeFloats, encodeFloats } from "../../apps/web/src/features/digit/encoding.ts";
import {
  type Checklist,
  estimatedMarks,
  overrideOf,
  storedChecklist,
} from "../../apps/web/src/features/grading/checklist.ts";
import { badgeTotal, checkIds, printed, sumOfMarks } from "../../apps/web/src/features/grading/marks.ts";
import { greatestPlace, parseDigit, parseView, viewAddress } from "../../apps/web/src/features/layers/view.ts";
import { answerIds, fillReport } from "../../apps/web/src/features/report/report-template.ts";
import { readText } from "../../apps/web/src/features/report/use-text.ts";
import { breakdownOf } from "../../apps/web/src/features/shell/breakdown.ts";
import { chooseTheme, chosenTheme } from "../../apps/web/src/features/shell/theme.ts";
import { choiceIn } from "../../apps/web/src/shared/in-address.ts";
import { answered, answers, countAnswered } from "../../apps/web/src/shared/progress.ts";
import { runHeader } from "../../apps/web/src/shared/run-header.ts";
import { localTexts } from "../../apps/web/src/shared/storage.ts";
import { ignored, isSentence, tryMutants } from "../fixtures/fuzzing.ts";
import { hostilePiece, jsonMutants, textMutants } from "../fixtures/mutants.ts";

/**
 * What a page takes from its reader: every key that it keeps in the browser, its address, a pasted text. Nothing is refused
 * here: what is nonsense is taken for nothing, and what is taken is what it says.
 */

const local = new Map<string, string>();
const session = new Map<string, string>();
const storage = (texts: Map<string, string>) => ({
  getItem: (key: string) => texts.get(key) ?? null,
  setItem: (key: string, text: string) => texts.set(key, text),
  removeItem: (key: string) => texts.delete(key),
});
vi.stubGlobal("localStorage", storage(local));
vi.stubGlobal("sessionStorage", storage(session));
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => {
  local.clear();
  session.clear();
});

describe("what a browser has kept", () => {
  const pixels = encodeFloats(new Float32Array(784).fill(0.5));
  const digit = {
    weights: "abc",
    source: { kind: "test", sample: 20, index: 82, label: 2 },
    pixels,
    latent: encodeFloats(Float32Array.of(-1, 0, 1e3)),
    reconstruction: pixels,
  };
  const stored = JSON.stringify(digit);
  const within = (values: Float32Array) => values.length === 784 && values.every((value) => value >= 0 && value <= 1);

  it("current-digit, in the session", () =>
    tryMutants({
      parser: "kept: current-digit",
      mutants: fc.oneof(fc.constant(stored), jsonMutants(stored), textMutants(stored), textMutants("null")),
      parse: (text) => {
        session.set("current-digit", text);
        return storedDigit({ weights: "abc", code: 3 }) ?? ignored;
      },
      use: ({ origin, pixels, latent, reconstruction }) => {
        expect([within(pixels), within(reconstruction), latent.length]).toEqual([true, true, 3]);
        expect(latent.every(Number.isFinite)).toBe(true);
        if (origin.kind === "test") {
          const { index, sample = 0, label } = origin;
          for (const place of [index, sample]) expect(place).toBeLessThan(10_000);
          expect(Math.min(index, sample, label)).toBeGreaterThanOrEqual(0);
        } else expect(origin).toEqual({ kind: "drawn" });
      },
    }));

  const checklist = JSON.stringify({
    estimate: { A1: 1, A2: 2, B1: 1 },
    ticks: { D1: true, D2: false },
    overrides: { B2: { marks: 0.5, reason: "seen" }, A1: { marks: 0, reason: "" } },
  });
  const grades = fixtures.map(({ evidence }) => grade(evidence));
  /** Marks that can be printed and added: halves from 0 to what there is. */
  const sound = ({ least, most }: { least: number; most: number }, of: number) => {
    expect([least * 2, most * 2].every(Number.isInteger)).toBe(true);
    expect(0 <= least && least <= most && most <= of).toBe(true);
    expect(printed({ least, most })).toMatch(/^\d+(\.5)?( to \d+(\.5)?)?$/);
  };

  it("grading:RUN, the inputs of a grading", () =>
    tryMutants({
      parser: "kept: grading:RUN",
      mutants: fc.tuple(
        fc.oneof(jsonMutants(checklist), textMutants(checklist)),
        fc.integer({ min: 0, max: fixtures.length - 1 }),
      ),
      parse: ([text]): Checklist | typeof ignored => {
        local.set("grading:assignment", text);
        const found = storedChecklist("assignment").read();
        return Object.values(found).every((entries) => Object.keys(entries).length === 0) ? ignored : found;
      },
      use: (found, [, at]) => {
        const graded = grades[at]!;
        for (const badge of ["recomputed", "recorded", "judged"] as const) {
          const { of, ...sum } = badgeTotal(graded, found, badge);
          sound(sum, of);
        }
        sound(sumOfMarks(graded, found, checkIds), 10);
        const estimated = estimatedMarks(found);
        if (estimated !== undefined) sound({ least: estimated, most: estimated }, 10);
        for (const id of checkIds) expect(overrideOf(found, id)?.reason.trim()).not.toBe("");
        storedChecklist("written").write(found);
        expect(storedChecklist("written").read()).toEqual(found);
      },
    }));

  it("progress, the answers to questions", () =>
    tryMutants({
      parser: "kept: progress",
      mutants: fc.oneof(jsonMutants('{"a":2,"b":-1,"c":0,"constructor":1}'), textMutants('{"a":2,"b":-1,"c":0}')),
      parse: (text) => {
        local.set("progress", text);
        const questions = ["a", "b", "c", "constructor", "__proto__", "toString"];
        const given = questions.map((question) => answered(answers.read(), question, 3));
        expect(countAnswered(answers.read(), questions)).toBeLessThanOrEqual(questions.length);
        return given.some((answer) => answer !== undefined) ? given : ignored;
      },
      use: (given) => {
        for (const answer of given) expect([undefined, -1, 0, 1, 2]).toContain(answer);
        answers.write({ ...answers.read(), d: 1 });
        expect(answered(answers.read(), "d", 3)).toBe(1);
      },
    }));

  it("report/RUN/ANSWER, a student's words, which are kept and printed as they were typed", () =>
    tryMutants({
      parser: "kept: report/RUN/ANSWER",
      mutants: fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), textMutants("The network **learns**.\n\n| a |")),
      parse: (text) => {
        localTexts.write("report/assignment/labels", text);
        return readText("assignment", "labels");
      },
      use: (text, typed) => {
        expect(text).toBe(typed);
        const answers = Object.fromEntries(answerIds.map((id) => [id, text])) as Record<"labels", string>;
        const filling = { author: text, answers: answers as never, missing: {} };
        const report = fillReport([{ author: true }, "#", { answer: "labels" }], filling);
        if (typed.trim() !== "") expect(report).toBe(`Author: ${typed}\n\n#\n\n${typed}\n`);
      },
    }));

  it("theme", () =>
    tryMutants({
      parser: "kept: theme",
      mutants: fc.oneof(fc.constantFrom("light", "dark"), textMutants("light"), textMutants("dark"), hostilePiece),
      parse: (text) => {
        local.set("theme", text);
        return chosenTheme() ?? ignored;
      },
      use: (theme) => {
        expect(["light", "dark"]).toContain(theme);
        chooseTheme(theme);
        expect(chosenTheme()).toBe(theme);
      },
    }));

  it("numbers in base64", () =>
    tryMutants({
      parser: "kept: float32 in base64",
      mutants: fc.float32Array({ maxLength: 100 }),
      parse: (values) => decodeFloats(encodeFloats(values)),
      use: (found, values) => expect(found).toEqual(values),
    }));
});

describe("an address", () => {
  const layersOf = (spec = assignmentSpec()) => mapLayersOf(spec);
  const networks: readonly (readonly MapLayer[])[] = [layersOf(), layersOf(assignmentSpec({ latent: 2 }))];
  const value = fc.oneof(
    hostilePiece,
    fc.integer({ min: -2, max: 200 }).map(String),
    fc.constantFrom("conv2d", "latent_vector", "flatten", "sheet", "map", "value", "trace", "own"),
  );
  const parameters = fc.dictionary(
    fc.oneof(
      fc.constantFrom("run", "digit", "layer", "map", "row", "column", "level", "present", "plan", "__proto__"),
      fc.string({ maxLength: 6 }),
    ),
    fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: fc.array(value, { maxLength: 3 }) }),
    { maxKeys: 9 },
  );

  it("of the viewer", () =>
    tryMutants({
      parser: "address: the viewer's",
      mutants: fc.tuple(parameters, fc.constantFrom(...networks), fc.boolean()),
      parse: ([asked, layers, greatest]) => {
        const values = new Float32Array(countValues(layers));
        const opening = greatest
          ? (layer: MapLayer) => greatestPlace(layer, values.subarray(0, layer.values))
          : undefined;
        return { view: parseView(layers, asked, opening), digit: parseDigit(asked, 100) };
      },
      use: ({ view, digit }, [asked, layers]) => {
        const layer = layers.find(({ name }) => name === view.layer);
        const [height = 0, width = 0, maps = 0] = layer?.shape ?? [];
        const isPlace = (at: number, size: number) => Number.isInteger(at) && at >= 0 && at < size;
        expect(isPlace(view.row, height) && isPlace(view.column, width) && isPlace(view.map, maps)).toBe(true);
        expect(["sheet", "map", "value", "trace"]).toContain(view.level);
        if (digit !== undefined) expect(isPlace(digit, 100)).toBe(true);
        const run = typeof asked.run === "string" ? asked.run : undefined;
        const written = new URLSearchParams(viewAddress(view, digit ?? "own", run));
        const again = Object.fromEntries(written);
        expect([parseView(layers, again), parseDigit(again, 100)]).toEqual([view, digit]);
      },
    }));

  const search = fc.oneof(
    fc.tuple(fc.constantFrom("digit", "plan", "present", "%"), value).map(([name, text]) => `?${name}=${text}`),
    textMutants("?run=assignment&digit=17&plan=2&present=3"),
  );
  it("of a chapter: its digit, its step, the choice of a figure", () =>
    tryMutants({
      parser: "address: a chapter's",
      mutants: search,
      parse: (search) => {
        const step = stepAsked(new URLSearchParams(search).get("present") ?? "");
        expect(Number.isInteger(step) && step >= 0 && step < 10_000).toBe(true);
        expect(partAsked(search.replace("?", "#"))).not.toBe(undefined); // it never throws
        const asked = { digit: sampleAsked(search), plan: choiceIn(search, "plan", [0, 1, 2]) };
        return asked.digit === undefined && asked.plan === undefined ? ignored : asked;
      },
      use: ({ digit, plan }) => {
        if (digit !== undefined) expect(Number.isInteger(digit) && digit >= 0 && digit < 1000).toBe(true);
        expect([undefined, 0, 1, 2]).toContain(plan);
      },
    }));

  it("of a page with a run, whose name travels to the server's components", () =>
    tryMutants({
      parser: "address: the run, in a header",
      mutants: fc.oneof(fc.string({ unit: "binary", maxLength: 100 }), textMutants("code-of-32")),
      parse: (name) => {
        const headers = new Headers({ "x-run": "run=forged" });
        runHeader.write(headers, name);
        return runHeader.read(headers);
      },
      use: (found, name) => expect(found).toBe(new TextDecoder().decode(new TextEncoder().encode(name))),
    }));
});

describe("a pasted text", () => {
  const ladder = {
    mse: { black: 0.1114, half: 0.2312, grey: 0.0945, meanImage: 0.067, pca: 0.008, example: 0.0052 },
    bce: { least: 0.0587, half: Math.LN2, grey: 0.3868, meanImage: 0.2624, black: 2.0986, healthy: 0.0672 },
  };
  const folder = join(import.meta.dirname, "../fixtures/runs/code-of-32");
  const csv = readFileSync(join(folder, "history.csv"), "utf8");
  const { history } = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as { history: object[] };
  const keras = Array.from(
    { length: 3 },
    (_, at) => `Epoch ${at + 1}/20\n422/422 ━━━━ 21s 47ms/step - loss: 0.1${at}31 - val_loss: 0.11${at}4`,
  ).join("\n");

  it.each([
    ["Keras’s output", keras],
    ["CSV", csv],
    ["JSON", JSON.stringify(history)],
    ["history.history", '{"loss": [0.2, 0.1], "val_loss": [0.19, 0.11]}'],
  ])("of losses: %s", (kind, text) =>
    tryMutants({
      parser: `pasted losses: ${kind}`,
      mutants: textMutants(text),
      parse: (mutant) => {
        const read = readHistory(mutant);
        return read.kind === "history" ? read : ignored;
      },
      use: ({ points, unfinished }) => {
        expect(points.length).toBeGreaterThan(0);
        for (const { loss, valLoss } of points) expect(typeof (valLoss ?? loss)).toBe("number");
        for (const asked of [undefined, "mse", "bce"] as const) {
          const told = diagnose(points, ladder, { asked, unfinished: unfinished !== undefined });
          const last = points.at(-1)?.valLoss ?? points.at(-1)?.loss;
          if (told?.state !== "not-a-number") expect(told?.value).toBe(last);
        }
      },
    }),
  );
});

it("an error that a page broke off with is told in a sentence", () =>
  tryMutants({
    parser: "error of a page",
    mutants: fc.record(
      {
        name: fc.constantFrom("Error", "TypeError", "ChunkLoadError"),
        message: fc.oneof(textMutants("Minified React error #418; visit"), textMutants("Loading chunk 7 failed")),
        digest: fc.string({ unit: "grapheme-ascii", maxLength: 12 }),
      },
      { requiredKeys: ["name", "message"] },
    ),
    parse: (error) => breakdownOf(error),
    use: ({ sentence, detail }, { message }) => {
      expect(isSentence(sentence)).toBe(true);
      if (detail !== undefined) expect(detail).toBe(message);
    },
  }));
