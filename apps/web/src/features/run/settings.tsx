import { optimizerInWords } from "@autoencoder/model/recipes";
import { lossNames, type Run } from "@autoencoder/model/run";
import { fixed, integer } from "@autoencoder/ui";
import { ShareBar } from "../../shared/share-bar.tsx";
import { currentRun } from "./current-run.ts";
import { drawingSentence } from "./numbers.ts";
import styles from "./settings.module.css";

/** Says plainly when a run is not a healthy, finished one. */
export function Status({ run }: { run: Run }) {
  if (run.status === "complete" && !run.collapse) return null;
  return (
    <div className="notice" role="note">
      <p>
        {run.status === "collapsed" && (
          <strong>This run collapsed: it prints the same picture for every digit. </strong>
        )}
        {run.status === "interrupted" && <strong>This run was stopped before its last epoch. </strong>}
        {run.collapse && `What the trainer reported: ${run.collapse.explanation}.`}
      </p>
    </div>
  );
}

/** The same of the page's run. */
export async function CurrentStatus() {
  return <Status run={await currentRun()} />;
}

/** What was trained, how, on what and with what: term and value. */
export function settingsOf(run: Run): [string, string][] {
  const { recipe, engine } = run;
  const minutes = run.seconds / 60;
  const shards = engine.shards && engine.shards > 1 ? `, each batch in ${engine.shards} shards` : "";
  return [
    ["loss", lossNames[recipe.loss].name],
    ["optimizer", optimizerInWords(recipe)],
    ["batch size", String(recipe.batchSize)],
    ["epochs", `${run.history.length} of ${recipe.epochs}`],
    ["validation split", `${recipe.validationSplit * 100} %`],
    ["output bias starts at", fixed(run.outputBias, 3)],
    ["seed", String(run.seed)],
    ["engine", `${engine.name}, ${engine.workers} ${engine.workers === 1 ? "thread" : "threads"}${shards}`],
    ["device", engine.device],
    ["training took", minutes < 2 ? `${fixed(run.seconds, 0)} s` : `${fixed(minutes, 0)} min`],
  ];
}

/** The settings of the page's run. */
export async function Settings() {
  const run = await currentRun();
  return (
    <dl className={styles.settings}>
      {settingsOf(run).map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How the images are divided, in proportion. */
export async function SplitBar() {
  const run = await currentRun();
  const { split, testImages, name } = run.dataset;
  const parts = [
    { count: split.train, label: "to train on", colour: "var(--ink-soft)" },
    { count: split.validation, label: "to validate on, after every epoch", colour: "var(--decoder)" },
    { count: testImages, label: "to test on, once", colour: "var(--encoder)" },
  ];
  return (
    <figure>
      <ShareBar
        parts={parts.map(({ count, label, colour }) => ({
          label: (
            <>
              <span className="number">{integer(count)}</span> {label}
            </>
          ),
          share: count,
          colour,
        }))}
      />
      <figcaption>
        The images of {name}. The validation images are the last of the training file, set aside before any shuffling.{" "}
        {drawingSentence(run)}
      </figcaption>
    </figure>
  );
}
