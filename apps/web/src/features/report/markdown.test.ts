import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import { describe, expect, it } from "vitest";
import { escaped, reportTemplate } from "./markdown.ts";
import { reportQuestions } from "./questions.ts";
import { type AnswerId, answerIds, fillReport } from "./report-template.ts";
import { differencesTable } from "./tables.ts";

const folder = join(import.meta.dirname, "../../../../../artifacts/assignment");
const run = parseRun(readFileSync(join(folder, "run.json"), "utf8"));
const collapsed = parseRun(readFileSync(join(folder, "../assignment-literal/run.json"), "utf8"));
const questions = reportQuestions(run);

const every = (text: (id: AnswerId) => string) =>
  Object.fromEntries(answerIds.map((id) => [id, text(id)])) as Record<AnswerId, string>;
const report = (answers = every(() => ""), more = {}) =>
  fillReport(reportTemplate(run), { author: "", answers, missing: {}, ...more });

/** The tables below a heading, cell by cell, backslashes taken away. */
function tableBelow(markdown: string, heading: string): string[][] {
  const section = markdown.split(`\n${heading}\n`)[1] as string;
  const lines =
    section
      .split(/\n#/)[0]
      ?.split("\n")
      .filter((line) => line.startsWith("|")) ?? [];
  return lines
    .filter((line) => !line.includes("---"))
    .map((line) =>
      line
        .slice(2, -2)
        .split(/ \| /)
        .map((cell) => cell.replace(/\\(.)/g, "$1")),
    );
}

describe("the answers in the Markdown", () => {
  it.each([
    ["signs of Markdown", "# no *heading*\n\n| a | b |\n- `code` <b>html</b> [link](x) \\ $& $1 ~~~"],
    ["umlauts, emoji and spaces at both ends", "  Größe, Übermaß: naïve café, 中文, 🙂\n\ttab  \n"],
    ["a long text", "The curve falls. ".repeat(5000)],
  ])("stand as they were typed: %s", (_, text) => {
    const answers = every((id) => `${text}${id}`);
    const markdown = report(answers);
    for (const id of answerIds) {
      const asked = `> ${escaped(questions[id].question)}\n\n`;
      const at = markdown.indexOf(asked) + asked.length;
      expect(markdown.slice(at, at + answers[id].length)).toBe(answers[id]);
      expect(markdown.slice(at + answers[id].length)).toMatch(/^\n(\n## |$)/);
    }
  });

  it("are marked where nothing was written, spaces included", () => {
    const marks = (markdown: string) => markdown.split("*(not written yet)*").length - 1;
    expect(marks(report())).toBe(5);
    expect(marks(report(every((id) => (id === "labels" ? "Words." : " \n"))))).toBe(4);
  });

  it("never contain a teacher's, for a healthy run and for a collapsed one", () => {
    for (const one of [run, collapsed]) {
      const markdown = fillReport(reportTemplate(one), { author: "", answers: every(() => ""), missing: {} });
      for (const { modelAnswer } of Object.values(reportQuestions(one))) {
        expect(modelAnswer.length).toBeGreaterThan(80);
        for (const sentence of modelAnswer.split(/(?<=[.:;]) /)) expect(markdown).not.toContain(sentence);
      }
    }
  });

  it("have an author only where one is named", () => {
    expect(report()).not.toContain("Author");
    expect(report(undefined, { author: "Łucja O’Neill *" })).toContain("\n\nAuthor: Łucja O’Neill *\n\n");
  });
});

describe("the data in the Markdown", () => {
  it.each(["encoder", "decoder", "autoencoder"])("count the parameters that the file of the %s holds", (part) => {
    const rows = tableBelow(report(), `### ${part}`).slice(1);
    const numbers = rows.map((row) => Number(row[2]!.replaceAll(",", "")));
    const [total, trainable] = numbers.slice(-2);
    const stored = statSync(join(folder, part, "weights.bin")).size / 4;
    expect(numbers.slice(0, -2).reduce((sum, value) => sum + value, 0)).toBe(stored);
    expect([total, trainable]).toEqual([stored, stored]);
  });

  it("give each file the hash that its bytes have", () => {
    const rows = tableBelow(report(), "## Files").slice(1);
    expect(rows.map(([path]) => path)).toContain("autoencoder_model.keras");
    for (const [path, , , hash] of rows) {
      expect(
        createHash("sha256")
          .update(readFileSync(join(folder, path!)))
          .digest("hex"),
      ).toBe(hash);
    }
  });

  it("disclose the output bias, as the logit of the mean pixel, and nothing of a run to the letter", () => {
    const rows = tableBelow(report(), "## What differs from the assignment").slice(1);
    const logit = Math.log(run.dataset.meanPixel / (1 - run.dataset.meanPixel));
    const mean = run.dataset.meanPixel.toFixed(4);
    expect(rows).toEqual([
      ["output bias starts at", "0", `−${(-logit).toFixed(3)}, the logit of the mean pixel ${mean}`],
    ]);
    const literal = fillReport(reportTemplate(collapsed), { author: "", answers: every(() => ""), missing: {} });
    expect(literal).toContain("Nothing: the run follows the assignment to the letter.");
  });

  it("list every other difference", () => {
    const recipe = { ...run.recipe, batchSize: 64, loss: "bce" as const };
    const history = run.history.slice(0, 12);
    const other = fillReport(reportTemplate({ ...run, recipe, history }), {
      author: "",
      answers: every(() => ""),
      missing: {},
    });
    const rows = tableBelow(other, "## What differs from the assignment").slice(1);
    expect(rows.slice(1)).toEqual([
      ["loss", "mean squared error", "binary cross-entropy"],
      ["batch size", "128", "64"],
      ["epochs", "20", "12"],
    ]);
  });

  it("say how many of the training images are a drawing, where the run was trained on one", () => {
    const drawing = { from: 3800, to: 4000, path: "drawing-idx3-ubyte", sha256: "ab".repeat(32) } as const;
    const page = { browser: "a browser", steps: 3, drawing };
    const split = { train: 4000, validation: 1000 };
    const own = fillReport(reportTemplate({ ...run, page, dataset: { ...run.dataset, split } }), {
      author: "",
      answers: every(() => ""),
      missing: {},
    });
    expect(own).toContain("200 of its 4,000 training images are its reader’s drawing.");
    const rows = tableBelow(own, "## What differs from the assignment").slice(2);
    expect(rows).toEqual([
      ["images to train on", "54,000", "4,000"],
      ["of these the reader’s drawing", "0", "200"],
      ["images to validate on", "6,000", "1,000"],
    ]);
    expect(report()).not.toContain("drawing");
  });

  it("calls no other bias the logit, which the reader of a page may choose", () => {
    const { rows } = differencesTable({ ...run, outputBias: -1 });
    expect(rows).toContainEqual(["output bias starts at", "0", "−1.000"]);
  });

  it("say whose weights a run began with, whose output bias is no logit then", () => {
    const page = { browser: "a browser", steps: 1, start: { run: "assignment-2", files: [] } };
    const other = fillReport(reportTemplate({ ...run, page }), { author: "", answers: every(() => ""), missing: {} });
    expect(other).toContain("It began with the weights of the run assignment");
    expect(tableBelow(other, "## What differs from the assignment").slice(1)).toEqual([
      ["initial weights", "random", "those of the run assignment-2"],
      ["output bias starts at", "0", run.outputBias.toFixed(3).replace("-", "−")],
    ]);
    expect(other).not.toContain("From 0 the first steps push");
  });

  it("show both pictures, and say which is missing and why", () => {
    expect(report()).toContain("](loss_curve.png)\n");
    expect(report()).toContain("](reconstructions.png)\n");
    const without = report(undefined, { missing: { "loss_curve.png": "it was altered" } });
    expect(without).toContain("*(loss_curve.png is missing: it was altered)*");
    expect(without).not.toContain("](loss_curve.png)");
  });
});

it("text of one line is escaped where Markdown would read it as its own, and layer names stay as they are", () => {
  expect(escaped("conv2d_1 [x](y) a|b *c* `d` <e> _f_")).toBe("conv2d_1 \\[x](y) a\\|b \\*c\\* \\`d\\` \\<e> \\_f\\_");
  expect(escaped("# one\ntwo")).toBe("\\# one two");
});
