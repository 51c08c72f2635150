import type { Run } from "@autoencoder/model/run";
import { integer } from "@autoencoder/ui";
import { RunName } from "../run/run-name.tsx";

/** What a run was trained by, as rows of a definition list. */
export function RunDetails({ run }: { run: Run }) {
  const { recipe, source, engine, dataset } = run;
  const rows = [
    ["run", <RunName key="run" run={run} />],
    ["recipe", `${recipe.name}: ${recipe.epochs} epochs of batches of ${recipe.batchSize}`],
    ["seed", String(run.seed)],
    ["commit", `${source.commit?.slice(0, 12) ?? "unknown"}${source.dirty ? ", with changes" : ""}`],
    ["engine", `${engine.name} on ${engine.device}`],
    [
      "data split",
      `${integer(dataset.split.train)} to train, ${integer(dataset.split.validation)} to validate, ${integer(dataset.testImages)} to test`,
    ],
  ] as const;
  return rows.map(([term, detail]) => (
    <div key={term}>
      <dt>{term}</dt>
      <dd>{detail}</dd>
    </div>
  ));
}
