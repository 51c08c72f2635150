import { collapseRule, sigmoid } from "@autoencoder/model";
import { exponential, fixed, integer, Table } from "@autoencoder/ui";
import type { ReactNode } from "react";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { collapsedRun, collapsedRunName, healthyRun } from "../../src/features/run/compared-runs.ts";
import { defaultRun } from "../../src/shared/default-run.ts";
import { pixelCount } from "../../src/shared/pixels.ts";
import { api } from "../../src/trpc/caller.ts";
import styles from "./evidence.module.css";
import {
  blackOutput,
  hasCollapsed,
  type Moment,
  measured,
  type SnapshotMeasurement,
  tellingMoments,
} from "./measured.ts";

/** Two trainings at the same steps. */
interface Case {
  names: readonly [collapsed: string, healthy: string];
  rows: readonly { step: number; pair: readonly [collapsed: Moment, healthy: Moment] }[];
  /** Steps of one epoch. */
  epoch: number;
}

/** The collapsed run beside one that learned, or what is missing to compare them. */
async function openCase(): Promise<Case | ReactNode> {
  const [collapsed, healthy] = [await collapsedRun(), await healthyRun()];
  if (!collapsed) return <Missing run={collapsedRunName} />;
  if (!healthy) return <Missing run={defaultRun} />;
  const snapshots = await Promise.all([collapsed, healthy].map((run) => api.training.snapshots(run)));
  const [ofCollapsed, ofHealthy] = snapshots;
  if (!ofCollapsed) return <Missing run={collapsed.name} file="snapshots" />;
  if (!ofHealthy) return <Missing run={healthy.name} file="snapshots" />;
  const { stepsPerEpoch } = ofCollapsed;
  const rows = tellingMoments(ofCollapsed.moments, stepsPerEpoch).flatMap((moment) => {
    const beside = ofHealthy.moments.find(({ step }) => step === moment.step);
    return beside ? [{ step: moment.step, pair: [moment, beside] as const }] : [];
  });
  return { names: [collapsed.name, healthy.name], rows, epoch: stepsPerEpoch };
}

function isCase(found: Case | ReactNode): found is Case {
  return typeof found === "object" && found !== null && "rows" in found;
}

/** What each exhibit shows of the two runs, and what its numbers say. */
const exhibits = {
  symptom: { of: ["trainMse", "outputMean"], tell: tellSymptom },
  bias: { of: ["outputBias"], tell: tellBias },
  maps: { of: ["liveMaps", "lastMapsMean"], tell: tellMaps },
  sums: { of: ["preActivationMean", "preActivationMin"], tell: tellSums },
  gradient: { of: ["gradientNorm"], tell: tellGradient },
} as const satisfies Record<string, { of: readonly SnapshotMeasurement[]; tell: (found: Case) => string }>;

/** One piece of evidence: a few measurements of the collapsed run beside those of a healthy one. */
export async function Evidence({ exhibit }: { exhibit: keyof typeof exhibits }) {
  const found = await openCase();
  if (!isCase(found)) return exhibit === "symptom" ? found : null; // the first exhibit alone says what is missing
  const { of, tell } = exhibits[exhibit];
  return (
    <figure data-exhibit={exhibit}>
      <EvidenceTable found={found} of={of} />
      <figcaption>{tell(found)}</figcaption>
    </figure>
  );
}

/** All that the snapshots measured, for those who want to see it together. */
export async function AllEvidence() {
  const found = await openCase();
  if (!isCase(found)) return found;
  return (
    <figure data-exhibit="all">
      <EvidenceTable found={found} of={Object.keys(measured) as SnapshotMeasurement[]} />
      <figcaption>
        Collapsed: <code>{found.names[0]}</code>. Healthy: <code>{found.names[1]}</code>. The error over the first 2,000
        training pictures; the gradient of the batch whose step led here; everything else over the first 128 training
        pictures. The file <code>snapshots.safetensors</code> of each run has these numbers.
      </figcaption>
    </figure>
  );
}

function EvidenceTable({ found, of }: { found: Case; of: readonly SnapshotMeasurement[] }) {
  const { rows } = found;
  return (
    <Table label={`By step: ${of.map((name) => measured[name].name).join(", ")}`} className={styles.evidence}>
      <thead>
        <tr>
          <th scope="col" rowSpan={2}>
            step
          </th>
          {of.map((name) => (
            <th key={name} scope="colgroup" colSpan={2}>
              {measured[name].name}
            </th>
          ))}
        </tr>
        <tr>
          {of.flatMap((name) => [
            <th key={`${name} collapsed`} scope="col" className="numeric" data-kind="collapsed">
              collapsed
            </th>,
            <th key={`${name} healthy`} scope="col" className="numeric">
              healthy
            </th>,
          ])}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ step, pair }) => (
          <tr key={step} data-step={step}>
            <th scope="row" className="number">
              {step}
            </th>
            {of.flatMap((name) =>
              pair.map((moment, at) => (
                <td
                  key={`${name} ${found.names[at]}`}
                  className="numeric"
                  data-kind={at === 0 ? "collapsed" : "healthy"}
                >
                  {measured[name].show(moment[name])}
                </td>
              )),
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const last = ({ rows }: Case) => (rows.at(-1) as Case["rows"][number]).pair;
/** Pixels over which the mean output is taken: 128 training digits. */
const probePixels = 128 * pixelCount;

function tellSymptom(found: Case): string {
  const black = found.rows.find(({ pair }) => pair[0].outputMean < blackOutput);
  const [collapsed, healthy] = last(found);
  const fell = black
    ? `At step ${black.step} the collapsed run’s mean output is ${measured.outputMean.show(black.pair[0].outputMean)}: black.`
    : `The collapsed run’s mean output never fell below ${blackOutput}.`;
  return `${fell} Its error ends at ${fixed(collapsed.trainMse)}, the healthy run’s at ${fixed(healthy.trainMse)}.`;
}

function tellBias(found: Case): string {
  const [{ outputBias }] = last(found);
  return (
    `After ${found.rows.at(-1)?.step} steps the collapsed run’s bias is ${fixed(outputBias, 3)}. ` +
    `Alone it would print σ(${fixed(outputBias, 3)}) = ${fixed(sigmoid(outputBias), 3)}, a grey.`
  );
}

function tellMaps(found: Case): string {
  const [first] = found.rows[0]?.pair ?? [];
  const [collapsed] = last(found);
  const times = collapsed.lastMapsMean / (first?.lastMapsMean ?? 1);
  const size = times.toLocaleString("en-US", { maximumSignificantDigits: 2 });
  return `At the end ${collapsed.liveMaps} maps of the collapsed run are alive on 128 training digits, and the mean of all is ${size} times what it was before the first step.`;
}

function tellSums(found: Case): string {
  const row = found.rows.find(({ step }) => step === 20) ?? (found.rows.at(-1) as Case["rows"][number]);
  const [collapsed, healthy] = row.pair.map((moment) => moment.preActivationMean) as [number, number];
  const [black, grey] = row.pair.map((moment) => measured.outputMean.show(moment.outputMean)) as [string, string];
  const [{ outputMean }] = last(found);
  const brightest = probePixels * outputMean;
  return (
    `At step ${row.step} the mean sum of the collapsed run is ${fixed(collapsed, 1)}, that of the healthy one ${fixed(healthy, 1)}. ` +
    `The mean outputs are ${black} and ${grey}. They are larger than the sigmoid of the mean sum, because the highest sums make most of the mean. ` +
    `At the end all ${integer(probePixels)} pixels of the 128 probed digits together print ` +
    `${exponential(brightest)} of white in the collapsed run${brightest < 1 ? ": not one stroke is left." : "."}`
  );
}

function tellGradient(found: Case): string {
  const lastAbove = found.rows.findLastIndex(
    ({ step, pair }) => step === 0 || pair[0].gradientNorm >= collapseRule.gradientNorm,
  );
  const stuck = found.rows[lastAbove + 1];
  const healthy = found.rows.slice(1).map(({ pair }) => pair[1].gradientNorm);
  const least = `The healthy run’s is never below ${exponential(Math.min(...healthy))} here.`;
  return stuck
    ? `Of the steps in this table, ${stuck.step} is the first from which on the collapsed run’s gradient is below ${exponential(collapseRule.gradientNorm, 0)}, over all weights together. ${least}`
    : least;
}

/** The rule that calls a run collapsed, applied to both. */
export async function CollapseCheck() {
  const found = await openCase();
  if (!isCase(found)) return null;
  const row = found.rows.find(({ step }) => step === found.epoch);
  if (!row) return null;
  return (
    <ul data-part="collapse-check">
      {row.pair.map((moment, at) => (
        <li key={found.names[at]}>
          <code>{found.names[at]}</code>: mean output {measured.outputMean.show(moment.outputMean)}, gradient norm{" "}
          {exponential(moment.gradientNorm)}: {hasCollapsed(moment) ? "collapsed" : "not collapsed"}.
        </li>
      ))}
    </ul>
  );
}
