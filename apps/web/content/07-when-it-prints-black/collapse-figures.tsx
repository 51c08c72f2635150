import { type MapShape, mapLayerNamed, readTable, tensor } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { counted } from "@autoencoder/ui";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { Question } from "../../src/features/chapter/question.tsx";
import { Gallery } from "../../src/features/run/gallery.tsx";
import { serverRun } from "../../src/features/run/server-run.ts";
import { testDigitInside } from "../../src/server/inside.ts";
import { readRunFile } from "../../src/server/run-store.ts";
import { collapsedName, healthyBeside } from "./evidence.tsx";
import { StepsCurve } from "./steps-curve.tsx";

async function collapsed() {
  const loaded = await serverRun(collapsedName);
  return loaded.ok ? loaded.source : undefined;
}

/** The first batches of the collapsed run and of one that learned. */
export async function FirstBatches({ run }: { run: Run }) {
  const source = await collapsed();
  if (!source) return <Missing run={collapsedName} />;
  const healthy = await healthyBeside(run);
  const lines = await Promise.all(
    [source.run, ...(healthy ? [healthy] : [])].map(async (each) => {
      const { bytes } = await readRunFile(each, runPaths.steps);
      return { name: each.name, loss: Float32Array.from(tensor(readTable(bytes), "loss").data) };
    }),
  );
  const shortest = Math.min(...lines.map(({ loss }) => loss.length));
  return <StepsCurve runs={lines} batches={Math.min(120, shortest)} />;
}

/** What the collapsed run rebuilds. */
export async function CollapsedGallery() {
  const source = await collapsed();
  return source ? <Gallery source={source} /> : <Missing run={collapsedName} />;
}

/** Which maps before the last convolution are still alive, and whether their weights add light or take it away. */
export async function Survivors() {
  const source = await collapsed();
  if (!source) return <Missing run={collapsedName} />;
  const { alive, maps, weights, bias } = await survivors(source.run);
  const darkening = alive.filter((map) => (weights[map] as number) < 0).length;
  return (
    <figure>
      <ol className="survivors" aria-label="The maps of conv2d_3">
        {Array.from({ length: maps }, (_, map) => {
          const lives = alive.includes(map);
          const sign = (weights[map] as number) < 0 ? "darkens" : "adds light";
          return (
            <li key={map} data-alive={lives} data-sign={sign}>
              {map}
              <span className="visually-hidden">{lives ? ` alive, ${sign}` : " dead"}</span>
            </li>
          );
        })}
      </ol>
      <figcaption data-part="survivors">
        Of the {maps} maps of <code>conv2d_3</code>, {counted(maps - alive.length)} are 0 for all 10,000 test digits
        (hollow). Of the {alive.length} that live, {darkening} reach the picture with weights that sum to less than 0
        (filled). The output bias moved to <span className="number">{bias.toFixed(4).replace("-", "−")}</span> only.
      </figcaption>
    </figure>
  );
}

async function survivors(run: Run) {
  const { bytes } = await readRunFile(run, runPaths.testActivations);
  const greatest = tensor(readTable(bytes), "conv2d_3/max").data;
  const { stages, weights: all } = await testDigitInside(run, 0);
  const [, , maps]: MapShape = mapLayerNamed(stages, "conv2d_3").shape;
  const kernel = all.get("conv2d_4/kernel") as Float32Array;
  const weights = Array.from({ length: maps }, (_, map) =>
    Array.from(kernel).reduce((sum, weight, at) => (at % maps === map ? sum + weight : sum), 0),
  );
  const alive = Array.from(greatest.keys()).filter((map) => (greatest[map] as number) > 0);
  return { alive, maps, weights, bias: all.get("conv2d_4/bias")?.[0] ?? 0 };
}

/** What would be printed if all maps before the last convolution had died. */
export async function AskGrey() {
  const source = await collapsed();
  if (!source) return null;
  const { bias, alive, maps } = await survivors(source.run);
  const grey = 1 / (1 + Math.exp(-bias));
  const options = ["black", "dark grey", "mid-grey", "white"];
  const answer = grey < 0.05 ? 0 : grey < 0.35 ? 1 : grey < 0.65 ? 2 : 3;
  return (
    <Question
      id="black-grey"
      prompt="Suppose that all maps before the last convolution of the collapsed run had died: all are 0. What would it print?"
      options={options}
      answer={answer}
    >
      <p>
        {options[answer]}: with nothing to add, every pixel is the sigmoid of the output bias, σ(
        {bias.toFixed(4).replace("-", "−")}) = {grey.toFixed(4)}. It prints black, so the maps did <i>not</i> all die:{" "}
        {alive.length} of {maps} live, and they say “darker”.
      </p>
    </Question>
  );
}
