import { lossNames, type Run } from "@autoencoder/model/run";
import { fixed, integer, printedLoss, printedPsnr } from "@autoencoder/ui";
import type { Problem } from "../../shared/result.ts";
import type { ApiAnswers } from "../../trpc/caller.ts";
import { mendingCommand } from "../run/failure.tsx";
import { guarded } from "../run/guarded.tsx";
import { codeSize, drawingSentence } from "../run/numbers.ts";
import settings from "../run/settings.module.css";
import { Status } from "../run/settings.tsx";
import { isSlim } from "../run/slim.ts";
import { TenDigits } from "../run/ten-digits.tsx";
import styles from "./run-list.module.css";

/** What a validation loss is measured in, so that two runs are not compared by different measures. */
const measureNames: Readonly<Record<Run["recipe"]["loss"], string>> = { mse: "MSE", bce: "cross-entropy" };

type Entries = ApiAnswers["runs"]["list"];

/** All published runs: what they are, how they did, and what there is to see of them; broken ones with what is wrong. */
export function RunList({ entries }: { entries: Entries }) {
  if (entries.length === 0) {
    return (
      <>
        <p>No run was published yet. This command trains one:</p>
        <pre>npx turbo run train</pre>
      </>
    );
  }
  const slim = entries
    .filter(({ result }) => result.ok && isSlim(result.value))
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  return (
    <>
      <List entries={entries.filter((entry) => !slim.includes(entry))} heading="h2" />
      {slim.length > 0 && (
        <>
          <h2>Slim runs</h2>
          <p>
            These runs have nothing to hand in. They were published with <code>--slim</code>: the weights that this site
            computes with, the recorded samples and the history. Those that come with the site differ in the size of
            their code: <a href="/chapters/squeeze-and-rebuild">chapter 1</a> compares them, and{" "}
            <a href="/chapters/the-latent-space">chapter 9</a> paints the plane of the one with two numbers.
          </p>
          <List entries={slim} heading="h3" />
        </>
      )}
    </>
  );
}

function List({ entries, heading: Heading }: { entries: Entries; heading: "h2" | "h3" }) {
  return (
    <ul className={styles.runs}>
      {entries.map(({ name, result }) => (
        <li key={name} data-run={name}>
          <Heading>{name}</Heading>
          {result.ok ? guarded(<Shown run={result.value} />) : <Broken name={name} problem={result.problem} />}
        </li>
      ))}
    </ul>
  );
}

function Shown({ run }: { run: Run }) {
  const last = run.history.at(-1);
  const slim = isSlim(run);
  const drawing = drawingSentence(run);
  const properties: [string, string][] = [
    ["numbers in the code", integer(codeSize(run))],
    ["loss", lossNames[run.recipe.loss].name],
    ["epochs", `${run.history.length} of ${run.recipe.epochs}`],
    [`validation ${measureNames[run.recipe.loss]}`, last ? printedLoss(last.valLoss) : "none"],
    ["test MSE", printedLoss(run.test.mse)],
    ["PSNR, SSIM", `${printedPsnr(run.test.psnr)} dB, ${fixed(run.test.ssim, 3)}`],
    ["trained on", `${run.startedAt.slice(0, 10)}, ${run.engine.name}`],
    ["status", run.status],
  ];
  return (
    <>
      <p>{run.recipe.title}.</p>
      {drawing && <p>{drawing}</p>}
      <Status run={run} />
      <TenDigits run={run} />
      <dl className={settings.settings}>
        {properties.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <nav className={styles.links} aria-label={`Pages of the run ${run.name}`}>
        {!slim && (
          <>
            <a href={`/runs/${run.name}/report`}>Report</a>
            <a href={`/grading?run=${run.name}`}>Grading</a>
            <a href={`/chapters/hand-it-in?run=${run.name}`}>Summaries and files</a>
          </>
        )}
        <a href={`/viewer?run=${run.name}`}>Viewer</a>
      </nav>
    </>
  );
}

function Broken({ name, problem }: { name: string; problem: Problem }) {
  const command = mendingCommand(name);
  return (
    <>
      <div className="notice" role="note">
        <p>This run cannot be shown: {problem.sentence}</p>
      </div>
      {command && (
        <>
          <p>If this run is somebody’s work, ask for its folder. Otherwise train a new run of this name:</p>
          <pre>{command}</pre>
        </>
      )}
    </>
  );
}
