import { type Evidence, estimate, type PictureEvidence } from "@autoencoder/model/grading";

/** What a page has computed from the weights so far; pictures in the order of their sets. */
export interface Recomputed {
  composition: Evidence["composition"];
  validation: { mse: number[]; loss: number[] };
  test: { mse: number[]; loss: number[]; labels: number[] };
  /** Of the first test digits: how many reconstructions are nearest to their own original. */
  found: number;
  picture: PictureEvidence | undefined;
  /** Why `reconstructions.png` cannot be looked into. */
  pictureProblem: string | undefined;
  pcaTest: number | undefined;
}

/** Pictures of each set. */
export interface Totals {
  validation: number;
  test: number;
  /** Test digits whose original is looked for, among as many. */
  find: number;
}

export function nothingRecomputed(): Recomputed {
  return {
    composition: undefined,
    validation: { mse: [], loss: [] },
    test: { mse: [], loss: [], labels: [] },
    found: 0,
    picture: undefined,
    pictureProblem: undefined,
    pcaTest: undefined,
  };
}

/** The server's half of the evidence, with what the page has computed. */
export function evidenceWith(
  recomputed: Recomputed,
  { recorded, totals }: { recorded: Evidence; totals: Totals },
): Evidence {
  const { validation, test, pictureProblem } = recomputed;
  const measured = ({ mse, loss }: { mse: number[]; loss: number[] }, total: number) => ({
    mse: estimate(mse, total),
    loss: estimate(loss, total),
  });
  const asked = Math.min(test.mse.length, totals.find);
  return {
    ...recorded,
    problems: pictureProblem ? { ...recorded.problems, "reconstructions.png": pictureProblem } : recorded.problems,
    baselines: { ...recorded.baselines, pcaTest: recomputed.pcaTest },
    composition: recomputed.composition,
    validation: validation.mse.length > 0 ? measured(validation, totals.validation) : undefined,
    test: asked > 0 ? { ...measured(test, totals.test), classes: classErrors(test, totals.test) } : undefined,
    found: asked > 0 ? { found: recomputed.found, asked, total: totals.find, among: totals.find } : undefined,
    picture: recomputed.picture,
  };
}

function classErrors({ mse, labels }: Recomputed["test"], total: number) {
  const complete = mse.length >= total;
  const digits = [...new Set(labels)].sort((a, b) => a - b);
  return digits.map((digit) => {
    const own = mse.filter((_, at) => labels[at] === digit);
    return { digit, mse: estimate(own, complete ? own.length : Number.POSITIVE_INFINITY) };
  });
}
