import { bounds, foundShare } from "./estimate.ts";
import type { ClassError, Estimate, Evidence, Found, PictureEvidence } from "./evidence.ts";
import { decided, type Finding, fromWeights, gated, lost, passed, percent, ranged, whole } from "./finding.ts";
import { errorFinding } from "./grade-training.ts";
import { thresholds } from "./rubric.ts";

/** As `runPaths` names it; run.ts would bring its parser along into the page. */
const pictureFile = "reconstructions.png";

/** Row 3: do the pictures come back? */
export function gradeReconstruction(evidence: Evidence): Record<"C1" | "C2" | "C3" | "C4", Finding> {
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
  const problem = evidence.problems[pictureFile];
  if (problem) return lost(`${pictureFile} is missing or altered`, problem);
  return fromWeights(evidence, evidence.picture, { marks: 0.5, of: pictureFile }, (found) => {
    const { digits, originals, reconstructions, selection } = found;
    const line = `${digits} digits, ${selection}; greatest difference of originals ${originals.toFixed(3)}, of reconstructions ${reconstructions.toFixed(3)} ${reconstructions <= thresholds.picture ? "≤" : ">"} ${thresholds.picture}`;
    const reason = whyNot(found);
    return decided(reason === undefined, 0.5, { line, reason: reason ?? "" });
  });
}

function whyNot({ digits, originals, reconstructions }: PictureEvidence): string | undefined {
  if (digits < thresholds.digits) return `expected ${thresholds.digits} digits or more`;
  if (originals > 0) return "the originals are not the test digits that they should be";
  if (reconstructions > thresholds.picture) return "the reconstructions are not what the weights give";
  return undefined;
}

function findTheOriginal(found: Found): Finding {
  const { share, least, most } = foundShare(found);
  const marksOf = (value: number) => (value >= thresholds.found.whole ? 1 : value >= thresholds.found.half ? 0.5 : 0);
  const among = `${whole(found.found)} of ${whole(found.asked)} found among ${whole(found.among)}: ${percent(share)}`;
  const marks = { least: marksOf(least), most: marksOf(most) };
  const interval = found.asked < found.total ? ` (${percent(least)} to ${percent(most)})` : "";
  if (marks.least === 1) return passed(1, `${among}${interval} ≥ 99 %`);
  if (marks.least !== marks.most) return { ...marks, line: `${among}${interval}`, reason: "all of them decide" };
  if (marks.least === 0.5)
    return {
      ...marks,
      line: `${among}${interval} ≥ 95 %, < 99 %`,
      reason: "more than one in a hundred is nearer to another digit",
    };
  return lost(`${among}${interval} < 95 %`, "too many reconstructions are nearer to another digit than to their own");
}

function worstClass(overall: Estimate, classes: readonly ClassError[]): Finding {
  const worst = classes.reduce((a, b) => (b.mse.mean > a.mse.mean ? b : a));
  const [allLow, allHigh] = bounds(overall);
  const ends = classes.map(({ mse }) => bounds(mse));
  const most = Math.max(...ends.map(([, high]) => high)) / allLow;
  const least = Math.max(...ends.map(([low]) => low)) / allHigh;
  const line = `class ${worst.digit}: ${ranged(worst.mse)}, ${(worst.mse.mean / overall.mean).toFixed(2)} × all`;
  const limit = `${thresholds.worstClass.toFixed(2)} ×`;
  if (most <= thresholds.worstClass) return passed(0.5, `${line} ≤ ${limit}`);
  if (least > thresholds.worstClass)
    return lost(`${line} > ${limit}`, `the class ${worst.digit} is rebuilt much worse than the others`);
  return {
    least: 0,
    most: 0.5,
    line: `${line}; the limit ${limit} lies within the interval`,
    reason: "all images decide",
  };
}
