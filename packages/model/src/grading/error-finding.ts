import { bounds } from "./estimate.ts";
import type { Estimate } from "./evidence.ts";
import { decimals, estimated, lost, passed } from "./finding.ts";
import { asGoodAsExample } from "./limits.ts";
import type { Finding } from "./row.ts";

/** Full marks below the assignment's example, half of them up to PCA of the same length. */
export function errorFinding(
  name: string,
  estimate: Estimate,
  { pca, components }: { pca: number | undefined; components: number },
): Finding {
  const [low, high] = bounds(estimate);
  const least = high < asGoodAsExample ? 1 : pca !== undefined && high <= pca ? 0.5 : 0;
  const most = low < asGoodAsExample ? 1 : pca === undefined || low <= pca ? 0.5 : 0;
  const value = `${name} ${estimated(estimate)}`;
  const linear = pca === undefined ? "PCA (being computed)" : `${decimals(pca)} (PCA, ${components} numbers)`;
  if (least === 1) return passed(1, `${value} < ${asGoodAsExample}`);
  if (least !== most) {
    const line = `${value}: ${low < asGoodAsExample ? asGoodAsExample : linear} lies within the interval`;
    return {
      least,
      most,
      line,
      reason: pca === undefined && low >= asGoodAsExample ? "PCA is being computed" : "all images decide",
    };
  }
  if (least === 0) return lost(`${value} > ${linear}`, "a linear code of the same length is better");
  return {
    least,
    most,
    line: `${value} ≥ ${asGoodAsExample}, ≤ ${linear}`,
    reason: "not as good as the assignment’s example",
  };
}
