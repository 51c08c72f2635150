import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assignmentSpec } from "../network/spec.ts";
import { parseRun } from "../run/run.ts";
import { describeArchitecture } from "./architecture.ts";
import { estimate, foundShare } from "./estimate.ts";
import type { Evidence } from "./evidence.ts";
import { fixtures } from "./fixtures.ts";
import { grade, type Result, total } from "./grade.ts";
import { readLossPlot } from "./loss-plot.ts";
import type { Badge, CheckId } from "./row.ts";
import { rubric } from "./rubric.ts";

/** Marks of one kind of badge, and of how many. */
function byBadge(results: readonly Result[], badge: Badge) {
  const own = results.filter(({ check }) => check.badge === badge);
  return { ...total(own), of: own.reduce((sum, { check }) => sum + check.marks, 0) };
}

const artifacts = join(import.meta.dirname, "../../../../artifacts");
const healthy = fixtures[0]!.evidence;
const marksOf = (evidence: Evidence) => {
  const results = grade(evidence);
  const rows = rubric.slice(0, 3).map(({ checks }) => total(checks.map(({ id }) => results[id])));
  const lost = rubric
    .slice(0, 3)
    .flatMap(({ checks }) => checks)
    .flatMap(({ id, marks }) => (results[id].least < marks ? [`${id} ${results[id].least}`] : []));
  expect(rows.every(({ least, most }) => least === most)).toBe(true);
  return { rows: rows.map(({ least }) => least), lost: lost.join(", ") };
};

describe("the rubric", () => {
  it("has the assignment's rows with their marks, ten together, in half marks", () => {
    expect(rubric.map(({ section, marks }) => [section, marks])).toEqual([
      ["Model Architecture & Summary", 2],
      ["Training & Loss Curve", 3],
      ["Reconstruction Results", 3],
      ["Code Quality & Explanation", 2],
    ]);
    for (const { checks, marks } of rubric) expect(checks.reduce((sum, check) => sum + check.marks, 0)).toBe(marks);
  });

  it("gives 6 marks for what is recomputed, 2 for what is recorded, 2 for what is judged", () => {
    const results = Object.values(grade(healthy));
    expect(byBadge(results, "recomputed")).toEqual({ least: 6, most: 6, of: 6 });
    expect(byBadge(results, "recorded")).toEqual({ least: 2, most: 2, of: 2 });
    expect(byBadge(results, "judged")).toEqual({ least: 0, most: 2, of: 2 });
  });
});

/** The table of expectations, row by row. */
const expected: Record<string, [number, number, number, string]> = {
  healthy: [2, 3, 3, ""],
  "exactly the assignment’s example figures": [2, 3, 3, ""],
  "short of it: V = test = 0.0070": [2, 2.5, 2.5, "B1 0.5, C2 0.5"],
  "12 epochs, V = 0.0026": [2, 2.5, 3, "B3 0"],
  "collapsed, 20 epochs": [2, 1, 0.5, "B1 0, B2 0, B5 0, C2 0, C3 0, C4 0"],
  untrained: [2, 0, 0.5, "B1 0, B2 0, B3 0, B4 0, B5 0, C2 0, C3 0, C4 0"],
  "a code of 32, otherwise healthy": [1, 3, 3, "A2 0, A3 0"],
  "ReLU on the latent vector, otherwise healthy": [1.5, 3, 3, "A2 0"],
  "the decoder’s first convolution missing, otherwise healthy": [1, 3, 3, "A2 0, A3 0"],
  "encoder of one run, decoder of another": [2, 1, 0, "B1 0, B2 0, B5 0, C1 0, C2 0, C3 0, C4 0"],
  "last validation loss edited by 10 %": [2, 2.5, 3, "B2 0"],
  "loss_curve.png missing": [2, 2.5, 3, "B4 0"],
  "reconstructions.png altered": [2, 3, 2.5, "C1 0"],
  "a history invented whole, ending at the true V": [2, 3, 3, ""],
};

describe("calibration", () => {
  it("has the fourteen fixtures", () => {
    expect(fixtures.map(({ name }) => name)).toEqual(Object.keys(expected));
  });

  it.each(fixtures)("$name gets its marks and loses its checks", ({ name, evidence }) => {
    const [first, second, third, lost] = expected[name]!;
    expect(marksOf(evidence)).toEqual({ rows: [first, second, third], lost });
  });

  it("gives a reason and a lesson for each lost half mark, and none for the others", () => {
    for (const { evidence } of fixtures) {
      for (const { check, least, reason, lesson } of Object.values(grade(evidence))) {
        if (check.badge === "judged") continue;
        expect(Boolean(reason), `${check.id} ${reason}`).toBe(least < check.marks);
        expect(lesson !== undefined).toBe(least < check.marks);
      }
    }
  });

  it("sends a collapsed run to the chapter about collapsing, and an untrained one not", () => {
    const chapter = (name: string, id: CheckId) =>
      grade(fixtures.find((fixture) => fixture.name.startsWith(name))!.evidence)[id].lesson?.chapter;
    expect(chapter("collapsed", "B1")).toBe("when-it-prints-black");
    expect(chapter("untrained", "B1")).toBe("training");
    // Parts that do not belong together may come near the error of black; their record does not.
    const { black } = healthy.baselines;
    const one = { mean: black * 0.98, half: 0.003, count: 500, total: 6000 };
    expect(grade({ ...healthy, validation: { mse: one, loss: one } }).B1.lesson?.chapter).toBe("training");
  });

  it("says by how much the example's gap and the collapsed run's gate decided", () => {
    expect(grade(fixtures[1]!.evidence).B5.line).toContain("validation / training 1.1");
    const collapsed = grade(fixtures[4]!.evidence);
    expect([collapsed.B2.reason, collapsed.B5.reason, collapsed.C4.reason]).toEqual([
      "gated by B1",
      "gated by B1",
      "gated by C2",
    ]);
  });
});

describe("a check by itself", () => {
  const lostWith = (change: Partial<Evidence>) => marksOf({ ...healthy, ...change }).lost;

  it("fails alone where it alone names a missing or altered file", () => {
    expect(lostWith({ problems: { "loss_curve.svg": "altered" } })).toBe("B4 0");
    expect(lostWith({ problems: { "encoder_model.keras": "missing" } })).toBe("");
  });

  it("is lost where it needs weights that cannot be read, with the reason", () => {
    const architecture = { ...healthy.architecture, inTensors: undefined };
    const blocked = { ...healthy, architecture, blocked: "page/encoder/weights.bin is missing" };
    expect(marksOf(blocked).lost).toBe("A1 0, A3 0, A4 0, B1 0, B2 0, B5 0, C1 0, C2 0, C3 0, C4 0");
    expect(grade(blocked).C3.reason).toBe("page/encoder/weights.bin is missing");
  });

  it.each([
    ["a picture with nine digits", { picture: { ...healthy.picture!, digits: 9 } }, "C1 0"],
    ["a picture of other originals", { picture: { ...healthy.picture!, originals: 0.004 } }, "C1 0"],
    ["96 % found", { found: { found: 960, asked: 1000, total: 1000, among: 1000 } }, "C3 0.5"],
    ["parts that do not make the whole", { composition: { digits: 16, greatest: 0.001 } }, "A1 0"],
    ["a plot with other points", { plot: { ...healthy.plot!, disagrees: "other points" } }, "B4 0"],
    ["a plot without a name at an axis", { plot: { ...healthy.plot!, yName: "" } }, "B4 0"],
    [
      "a class that is left behind",
      {
        test: {
          ...healthy.test!,
          classes: healthy.test!.classes.map((one) =>
            one.digit === 8 ? { digit: 8, mse: { ...one.mse, mean: 0.0043 } } : one,
          ),
        },
      },
      "C4 0",
    ],
  ] as const)("loses its marks for %s", (_, change, lost) => {
    expect(lostWith(change as Partial<Evidence>)).toBe(lost);
  });

  it.each([
    ["hardly falls", [0.004, 0.0035, 0.003, 0.0025], [0.0041, 0.0036, 0.0031, 0.0026]],
    ["opens a gap", [0.01, 0.004, 0.0015, 0.0012], [0.009, 0.004, 0.0031, 0.003]],
    ["rises at the end", [0.01, 0.004, 0.003, 0.003], [0.009, 0.0022, 0.0028, 0.0029]],
  ])("finds a curve that %s", (_, loss, valLoss) => {
    const history = loss.map((value, index) => ({ epoch: index + 1, loss: value, valLoss: valLoss[index]! }));
    expect(grade({ ...healthy, history }).B5.least).toBe(0);
  });

  it("lets no loss that is not finite pass", () => {
    const history = healthy.history.map((record) => (record.epoch === 7 ? { ...record, loss: null } : record));
    const { B3, B5 } = grade({ ...healthy, history });
    expect([B3.least, B5.least]).toEqual([0, 0]);
    expect(B3.reason).toContain("epoch 7");
  });
});

describe("an interval", () => {
  const values = Array.from({ length: 500 }, (_, index) => 0.002 + 0.0008 * Math.sin(index));

  it("is the mean ± 1.96 standard errors, and nothing once all images are in", () => {
    const mean = values.reduce((sum, value) => sum + value, 0) / 500;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 499);
    const found = estimate(values, 6000);
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.half).toBeCloseTo((1.96 * deviation) / Math.sqrt(500), 12);
    expect(estimate(values, 500).half).toBe(0);
  });

  it("gives a mark where it clears the threshold, and leaves it open where it does not", () => {
    const measured = (mean: number, half: number) => {
      const one = { mean, half, count: 500, total: 6000 };
      return grade({ ...healthy, validation: { mse: one, loss: one } });
    };
    const clear = measured(0.0022, 0.0001);
    expect([clear.B1.least, clear.B1.most]).toEqual([1, 1]);
    expect([clear.B2.least, clear.B2.most]).toEqual([0, 0.5]); // ± 4.5 % cannot decide 2 %
    const near = measured(0.0052, 0.0001);
    expect([near.B1.least, near.B1.most]).toEqual([0.5, 1]);
    const hopeless = measured(0.11, 0.003);
    expect([hopeless.B1.most, hopeless.B2.most, hopeless.B5.most]).toEqual([0, 0, 0]);
  });

  it("of a share holds where all or none were found", () => {
    const { least, most } = foundShare({ found: 500, asked: 500, total: 1000, among: 1000 });
    expect(most).toBeCloseTo(1, 12);
    expect(least).toBeCloseTo(500 / (500 + 1.96 ** 2), 10); // Wilson at a share of 1
    expect(foundShare({ found: 3, asked: 1000, total: 1000, among: 1000 })).toEqual({
      share: 0.003,
      least: 0.003,
      most: 0.003,
    });
  });
});

describe("the architecture", () => {
  const differences = (spec: ReturnType<typeof assignmentSpec>) => describeArchitecture(spec, undefined).differences;

  it("does not mind names", () => {
    const { encoder, decoder } = assignmentSpec();
    const renamed = encoder.layers.map((layer, index) => ({ ...layer, name: `layer_${index}` }));
    expect(differences({ encoder: { name: "model_3", layers: renamed }, decoder })).toEqual([]);
  });

  it("names what is missing, extra or set otherwise", () => {
    const { encoder, decoder } = assignmentSpec();
    expect(
      differences({
        encoder,
        decoder: { ...decoder, layers: decoder.layers.filter((layer) => layer.name !== "conv2d_2") },
      }),
    ).toEqual(["decoder: Conv2D(64, 3×3, same, relu) is missing"]);
    const wide = encoder.layers.map((layer) =>
      layer.className === "Conv2D" ? { ...layer, kernelSize: [5, 5] as [number, number] } : layer,
    );
    expect(differences({ encoder: { ...encoder, layers: wide }, decoder })).toEqual([
      "encoder: Conv2D(32, 5×5, same, relu) instead of Conv2D(32, 3×3, same, relu)",
      "encoder: Conv2D(64, 5×5, same, relu) instead of Conv2D(64, 3×3, same, relu)",
    ]);
  });

  it("counts the assigned parameters", () => {
    expect(healthy.architecture.inTensors).toMatchObject({ encoder: 219_584, decoder: 259_521 });
    expect(healthy.architecture.inTensors?.layers).toEqual([320, 18_496, 200_768, 203_840, 36_928, 18_464, 289]);
  });
});

describe.each(["assignment", "assignment-literal"])("the loss curve of the committed run %s", (name) => {
  const { history } = parseRun(readFileSync(join(artifacts, name, "run.json"), "utf8"));
  const svg = readFileSync(join(artifacts, name, "loss_curve.svg"), "utf8");

  it("is read as it was drawn: a point for each epoch, named axes, every loss at its place", () => {
    expect(readLossPlot(svg, history)).toEqual({
      train: history.length,
      validation: history.length,
      xName: "epoch",
      yName: "MSE over pixels in [0, 1], log scale",
      disagrees: undefined,
    });
  });

  it("does not agree with a history that was edited, shortened or shifted", () => {
    const changed = (factor: number) =>
      history.map((record) => (record.epoch === 9 ? { ...record, loss: record.loss! * factor } : record));
    for (const other of [
      changed(0.95),
      history.slice(0, 12),
      history.map((record) => ({ ...record, epoch: record.epoch + 1 })),
    ]) {
      expect(readLossPlot(svg, other).disagrees).toBeDefined();
    }
  });
});

it.each(["<text ", '<path d="M', 'y2="" ', "1", '<text text-anchor="middle"', 'y2=""><text text-anchor="end"'])(
  "a loss curve of a megabyte of %j is read in less than a second",
  (part) => {
    const started = performance.now();
    readLossPlot(`<path d="M${part.repeat(1_000_000 / part.length)}" fill="none"`, []);
    expect(performance.now() - started).toBeLessThan(1000);
  },
);
