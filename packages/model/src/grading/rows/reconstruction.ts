import { runPaths } from "../../run/paths.ts";
import { errorFinding } from "../error-finding.ts";
import { bounds, foundShare } from "../estimate.ts";
import type { ClassError, Estimate, Evidence, Found, PictureEvidence } from "../evidence.ts";
import { decided, fromWeights, gated, grouped, lost, passed, percent, ranged } from "../finding.ts";
import { asGoodAsExample } from "../limits.ts";
import type { Finding, Findings, Row } from "../row.ts";

const limits = {
  /** A pixel of the picture handed in, from what the weights give. */
  difference: 0.01,
  /** Tiles in that picture. */
  digits: 10,
  /** Share of digits whose reconstruction is nearest to its own original. */
  fullMarks: 0.99,
  halfMarks: 0.95,
  /** The worst class's error over that of all. */
  worstClass: 2,
} as const;
const [fullShare, halfShare] = [limits.fullMarks, limits.halfMarks].map((share) => `${100 * share} %`);

/** Row 3: do the pictures come back? */
export const reconstruction: Row = {
  section: "Reconstruction Results",
  description: "Original vs reconstructed images",
  marks: 3,
  checks: [
    {
      id: "C1",
      title: "The picture",
      marks: 0.5,
      badge: "recomputed",
      rule: `${runPaths.reconstructions} shows ${limits.digits} or more test digits, originals above reconstructions, the first of each class; originals exact, reconstructions within ${limits.difference} of what the weights give, both as bytes`,
      why: "The picture is decoded here and cut into its tiles. An original must be the test digit to the last grey level. 0.01 is two grey levels of 255: what half-precision weights and rounding may do. A picture from other weights is off by tenths.",
      lesson: {
        chapter: "hand-it-in",
        figure: "the gallery",
        mend: "Draw the picture with the weights that you hand in, and leave the file as it was written.",
      },
    },
    {
      id: "C2",
      title: "It rebuilds digits that it has never seen: test error",
      marks: 1,
      badge: "recomputed",
      rule: `T, the MSE on the 10,000 test images: T < ${asGoodAsExample} → 1; else T ≤ PCA with as many numbers as the code → 0.5`,
      why: "The same bars as for validation, on images that decided nothing: neither when to stop nor which run to keep.",
      lesson: {
        chapter: "reconstructions",
        figure: "the error on the test images, class by class",
        mend: "If validation is good and this is not, test pictures are prepared in another way than training pictures; else train on.",
      },
    },
    {
      id: "C3",
      title: "Find the original",
      marks: 1,
      badge: "recomputed",
      rule: `for the first 1,000 test digits the nearest of the 1,000 originals to a reconstruction is its own: ≥ ${fullShare} → 1; ≥ ${halfShare} → 0.5`,
      why: "This is what “clearly resemble the originals” means, without labels and without a classifier. The mean image is found in 0.1 % of cases, PCA with 16 numbers in 78 %, with 64 in 99.6 %.",
      lesson: {
        chapter: "reconstructions",
        figure: "best, typical and worst",
        mend: "Look at which digits are taken for others: their strokes are lost. A longer training or a longer code keeps them.",
      },
    },
    {
      id: "C4",
      title: "No class left behind",
      marks: 0.5,
      badge: "recomputed",
      rule: `the class with the greatest test error has at most ${limits.worstClass} × the error of all; only if C2 > 0`,
      why: "A mean can hide a digit that is never rebuilt. PCA with 64 numbers has 1.34. Black pictures are equally bad everywhere (1.32), hence the condition.",
      lesson: {
        chapter: "reconstructions",
        figure: "the error on the test images, class by class",
        mend: "Check that all ten classes are among the training pictures, as many of each.",
      },
    },
  ],
  grade: gradeReconstruction,
};

function gradeReconstruction(evidence: Evidence): Findings {
  const { pcaTest, components } = evidence.baselines;
  const C2 = fromWeights(evidence, evidence.test, { marks: 1, of: "test MSE" }, ({ mse }) =>
    errorFinding("test MSE", mse, { pca: pcaTest, components }),
  );
  return {
    C1: picture(evidence),
    C2,
    C3: fromWeights(evidence, evidence.found, { marks: 1, of: "originals found" }, findTheOriginal),
    C4: gated(C2, "C2", 0.5, () =>
      fromWeights(evidence, evidence.test, { marks: 0.5, of: "worst class" }, ({ mse, classes }) =>
        worstClass(mse, classes),
      ),
    ),
  };
}

function picture(evidence: Evidence): Finding {
  const problem = evidence.problems[runPaths.reconstructions];
  if (problem) return lost(`${runPaths.reconstructions} is missing or altered`, problem);
  return fromWeights(evidence, evidence.picture, { marks: 0.5, of: runPaths.reconstructions }, (found) => {
    const { digits, originals, reconstructions, selection } = found;
    const line = `${digits} digits, ${selection}; greatest difference of originals ${originals.toFixed(3)}, of reconstructions ${reconstructions.toFixed(3)} ${reconstructions <= limits.difference ? "≤" : ">"} ${limits.difference}`;
    const reason = whyNot(found);
    return decided(reason === undefined, 0.5, { line, reason: reason ?? "" });
  });
}

function whyNot({ digits, originals, reconstructions }: PictureEvidence): string | undefined {
  if (digits < limits.digits) return `expected ${limits.digits} digits or more`;
  if (originals > 0) return "the originals are not the test digits that they should be";
  if (reconstructions > limits.difference) return "the reconstructions are not what the weights give";
  return undefined;
}

function findTheOriginal(found: Found): Finding {
  const { share, least, most } = foundShare(found);
  const marksOf = (value: number) => (value >= limits.fullMarks ? 1 : value >= limits.halfMarks ? 0.5 : 0);
  const among = `${grouped(found.found)} of ${grouped(found.asked)} found among ${grouped(found.among)}: ${percent(share)}`;
  const marks = { least: marksOf(least), most: marksOf(most) };
  const interval = found.asked < found.total ? ` (${percent(least)} to ${percent(most)})` : "";
  if (marks.least === 1) return passed(1, `${among}${interval} ≥ ${fullShare}`);
  if (marks.least !== marks.most) return { ...marks, line: `${among}${interval}`, reason: "all of them decide" };
  if (marks.least === 0.5)
    return {
      ...marks,
      line: `${among}${interval} ≥ ${halfShare}, < ${fullShare}`,
      reason: "more than one in a hundred is nearer to another digit",
    };
  return lost(
    `${among}${interval} < ${halfShare}`,
    "too many reconstructions are nearer to another digit than to their own",
  );
}

function worstClass(overall: Estimate, classes: readonly ClassError[]): Finding {
  const worst = classes.reduce((a, b) => (b.mse.mean > a.mse.mean ? b : a));
  const [allLow, allHigh] = bounds(overall);
  const ends = classes.map(({ mse }) => bounds(mse));
  const most = Math.max(...ends.map(([, high]) => high)) / allLow;
  const least = Math.max(...ends.map(([low]) => low)) / allHigh;
  const line = `class ${worst.digit}: ${ranged(worst.mse)}, ${(worst.mse.mean / overall.mean).toFixed(2)} × all`;
  const limit = `${limits.worstClass.toFixed(2)} ×`;
  if (most <= limits.worstClass) return passed(0.5, `${line} ≤ ${limit}`);
  if (least > limits.worstClass)
    return lost(`${line} > ${limit}`, `the class ${worst.digit} is rebuilt much worse than the others`);
  return {
    least: 0,
    most: 0.5,
    line: `${line}; the limit ${limit} lies within the interval`,
    reason: "all images decide",
  };
}
