import type { Run } from "@autoencoder/model/run";
import { integer } from "@autoencoder/ui";
import { drawingSentence } from "../run/numbers.ts";
import { RunName } from "../run/run-name.tsx";

/** What a run was trained by, as rows of a definition list. */
export function RunDetails({ run }: { run: Run }) {
  const { recipe, source, engine, dataset } = run;
  const { from = 0, train, validation } = dataset.split;
  const rows = [
    ["run", <RunName key="run" run={run} />],
    ["recipe", `${recipe.name}: ${recipe.epochs} epochs of batches of ${recipe.batchSize}`],
    ["seed", String(run.seed)],
    ["commit", `${source.commit?.slice(0, 12) ?? "unknown"}${source.dirty ? ", with changes" : ""}`],
    ["engine", `${engine.name} on ${engine.device}`],
    [
      "data split",
      `${from > 0 ? `from image ${integer(from)} on ` : ""}${integer(train)} to train, ${integer(validation)} to validate, ${integer(dataset.testImages)} to test`,
    ],
    ...(run.continues ? [["goes on from", goesOnFrom(run.continues)] as const] : []),
    ...(run.page ? [["began in a page", beganInPage(run, run.page)] as const] : []),
  ] as const;
  return rows.map(([term, detail]) => (
    <div key={term}>
      <dt>{term}</dt>
      <dd>{detail}</dd>
    </div>
  ));
}

function goesOnFrom({ run, epochs, engine, optimizer }: NonNullable<Run["continues"]>): string {
  const went = optimizer === "kept" ? "went on" : "started anew";
  return `${run}, ${epochs} ${epochs === 1 ? "epoch" : "epochs"} on ${engine}; the optimizer ${went}`;
}

function beganInPage(run: Run, { browser, steps, start, changes = [] }: NonNullable<Run["page"]>): string {
  const changed = changes.map(({ step, what }) => `after step ${integer(step)} ${what}`);
  const began = `${integer(steps)} ${steps === 1 ? "step" : "steps"} in ${browser}`;
  const from = start ? [`from the weights of ${start.run}`] : [];
  const drawing = drawingSentence(run);
  return [began, ...from, ...changed].join("; ") + (drawing ? `. ${drawing}` : "");
}
