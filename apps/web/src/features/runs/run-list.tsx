import { lossNames, type Run, runPaths } from "@autoencoder/model/run";
import { fixed, integer, printedLoss, printedPsnr } from "@autoencoder/ui";
import type { Problem } from "../../shared/result.ts";
import { type ApiAnswers, api } from "../../trpc/caller.ts";
import { mendingCommand } from "../run/failure.tsx";
import { guarded } from "../run/guarded.tsx";
import { codeSize } from "../run/numbers.ts";
import { Picture } from "../run/run-picture.tsx";
import settings from "../run/settings.module.css";
import { Status } from "../run/settings.tsx";
import styles from "./run-list.module.css";

/** All published runs: what they are, how they did, and what there is to see of them; broken ones with what is wrong. */
export function RunList({ entries }: { entries: ApiAnswers["runs"]["list"] }) {
  if (entries.length === 0) {
    return (
      <>
        <p>No run was published yet. This command trains one:</p>
        <pre>npx turbo run train</pre>
      </>
    );
  }
  return (
    <ul className={styles.runs}>
      {entries.map(({ name, result }) => (
        <li key={name} data-run={name}>
          <h2>{name}</h2>
          {result.ok ? guarded(<Shown run={result.value} />) : <Broken name={name} problem={result.problem} />}
        </li>
      ))}
    </ul>
  );
}

async function Shown({ run }: { run: Run }) {
  const last = run.history.at(-1);
  const properties: [string, string][] = [
    ["numbers in the code", integer(codeSize(run))],
    ["loss", lossNames[run.recipe.loss].name],
    ["epochs", `${run.history.length} of ${run.recipe.epochs}`],
    ["validation loss", last ? printedLoss(last.valLoss) : "none"],
    ["test MSE", printedLoss(run.test.mse)],
    ["PSNR, SSIM", `${printedPsnr(run.test.psnr)} dB, ${fixed(run.test.ssim, 3)}`],
    ["trained on", `${run.startedAt.slice(0, 10)}, ${run.engine.name}`],
    ["status", run.status],
  ];
  return (
    <>
      <p>{run.recipe.title}.</p>
      <Status run={run} />
      <Picture
        picture={await api.runs.picture({ name: run.name, path: runPaths.reconstructions })}
        run={run}
        alt={`Ten test digits above what ${run.name} makes of them`}
        caption="originals above reconstructions."
      />
      <dl className={settings.settings}>
        {properties.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <nav className={styles.links} aria-label={`Pages of the run ${run.name}`}>
        <a href={`/runs/${run.name}/report`}>Report</a>
        <a href={`/grading?run=${run.name}`}>Grading</a>
        <a href={`/chapters/the-run-at-a-glance?run=${run.name}`}>At a glance</a>
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
          <p>This command mends it:</p>
          <pre>{command}</pre>
        </>
      )}
    </>
  );
}
