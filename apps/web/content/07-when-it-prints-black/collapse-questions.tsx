import type { Run } from "@autoencoder/model/run";
import { fixed } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { serverRun } from "../../src/features/run/server-run.ts";
import { readSnapshots } from "../../src/server/snapshots.ts";
import { collapsedName, healthyBeside } from "./evidence.tsx";

/** How far the sums before the sigmoid moved while the bias moved by a hundredth. */
export async function AskSums() {
  const loaded = await serverRun(collapsedName);
  const snapshots = loaded.ok ? await readSnapshots(loaded.source.run) : undefined;
  const [start, tenth] = [0, 10].map((asked) => snapshots?.moments.find(({ step }) => step === asked));
  if (!start || !tenth) return null;
  const bias = Math.abs(tenth.outputBias - start.outputBias);
  const sums = Math.abs(tenth.preActivationMean - start.preActivationMean);
  const options = [0.01, 0.1, 1, 10];
  return (
    <Question
      id="black-sums"
      prompt={`In its first ten steps Adam moved the collapsed run’s output bias by ${fixed(bias, 3)}. By how much did the mean sum before the sigmoid move?`}
      options={options.map((by) => `by about ${by}`)}
      answer={nearestOption(options, sums, "ratio")}
    >
      <p>
        By {fixed(sums, 1)}, {Math.round(sums / bias).toLocaleString("en-US")} times as far. Every weight of every layer
        moved by about a hundredth, all in the direction “darker”; each layer reads what the layer before has grown, so
        the changes multiply.
      </p>
    </Question>
  );
}

/** Which run has the smaller gap between its two losses. */
export async function AskGap({ run }: { run: Run }) {
  const loaded = await serverRun(collapsedName);
  const healthy = await healthyBeside(run);
  if (!loaded.ok || !healthy) return null;
  const ratios = [loaded.source.run, healthy].map(({ history }) => {
    const last = history.at(-1);
    return (last?.valLoss ?? Number.NaN) / (last?.loss ?? Number.NaN);
  }) as [number, number];
  const gaps = ratios.map((ratio) => Math.abs(Math.log(ratio))) as [number, number];
  return (
    <Question
      id="black-gap"
      prompt="Divide the last validation loss by the last training loss. In which run is the quotient nearer to 1?"
      options={["in the collapsed run", "in the healthy run"]}
      answer={gaps[0] < gaps[1] ? 0 : 1}
    >
      <p>
        Collapsed: {ratios[0].toFixed(2)}. Healthy: {ratios[1].toFixed(2)}. A network that prints the same picture for
        everything errs on new digits as on known ones. A missing gap proves nothing.
      </p>
    </Question>
  );
}
