import { exampleValidationLoss } from "@autoencoder/model/grading";
import type { Run } from "@autoencoder/model/run";
import { LadderFigure, OneGrey, Stuck } from "../../src/features/chapter/lazy.ts";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { codeSize } from "../../src/features/run/words.tsx";
import { readSnapshots, stepsPerEpoch } from "../../src/server/snapshots.ts";
import { brightness, testBaselines, thumbnailMse } from "../../src/server/statistics/facts.ts";
import { TableScroll } from "../../src/shared/table-scroll.tsx";
import { healthyBeside } from "../07-when-it-prints-black/evidence.tsx";

/** Errors on the test images, of what needs no training and of this run. */
export async function Ladder({ run }: { run: Run }) {
  const rungs = await rungsOf(run);
  return (
    <figure>
      <LadderFigure rungs={[...rungs, { name: "this run", mse: run.test.mse }]} />
      <figcaption>
        On the 10,000 test images; {codeSize(run)} PCA numbers and the example on the validation images, as they are
        reported.
      </figcaption>
    </figure>
  );
}

async function rungsOf(run: Run) {
  const of = await testBaselines();
  return [
    { name: "one half everywhere", mse: of.half },
    { name: "black", mse: of.black },
    { name: "one grey", mse: of.grey },
    { name: "the mean picture", mse: of.meanImage },
    { name: "the mean picture of its class", mse: of.classMean },
    { name: "the digit, one pixel to the side", mse: of.shifted },
    { name: "a thumbnail of 8 × 8", mse: await thumbnailMse() },
    { name: `${codeSize(run)} PCA numbers`, mse: run.baselines.pca },
    { name: "the assignment’s example", mse: exampleValidationLoss },
  ];
}

/** The page "Stuck at 0.11?" for one run's baselines. */
export async function StuckFor({ run }: { run: Run }) {
  const { black, pca } = run.baselines;
  return <Stuck rungs={await rungsOf(run)} black={black} pca={pca} />;
}

/** One error in four units. */
export function Units({ run }: { run: Run }) {
  const { black, meanImage } = run.baselines;
  const rows = [
    ["this run", run.test.mse],
    ["the assignment’s example", exampleValidationLoss],
    ["the mean picture", meanImage],
    ["black", black],
  ] as const;
  return (
    <figure>
      <TableScroll label="One error in four units">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">what prints it</th>
              <th scope="col" className="numeric">
                MSE
              </th>
              <th scope="col" className="numeric">
                pixels’ worth
              </th>
              <th scope="col" className="numeric">
                grey levels
              </th>
              <th scope="col" className="numeric">
                PSNR, dB
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, mse]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="numeric">{mse.toFixed(4)}</td>
                <td className="numeric">{(mse * 784).toFixed(1)}</td>
                <td className="numeric">{(255 * Math.sqrt(mse)).toFixed(0)}</td>
                <td className="numeric">{(-10 * Math.log10(mse)).toFixed(1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <figcaption>
        Pixels’ worth: MSE × 784, as if so many pixels were completely wrong. Grey levels: 255 · √MSE, a typical pixel’s
        error. PSNR of the mean error.
      </figcaption>
    </figure>
  );
}

export async function AskShift({ run }: { run: Run }) {
  const { shifted } = await testBaselines();
  const ratio = shifted / run.test.mse;
  const options = [0.1, 1, 4, 16, 64];
  return (
    <Question
      id="training-shift"
      prompt="Shift a perfect copy of each digit by one pixel to the side. How does its MSE compare with the network’s?"
      options={options.map((times) => (times === 1 ? "about the same" : `${times} times`))}
      answer={nearestOption(options, ratio, "ratio")}
    >
      <p>
        {ratio.toFixed(1)} times: {shifted.toFixed(4)} against {run.test.mse.toFixed(5)}. An eye would call the shifted
        digit perfect. The loss compares pixel with pixel and knows nothing of strokes.
      </p>
    </Question>
  );
}

export async function AskStart() {
  const { half } = await testBaselines();
  const { mean } = await brightness();
  const options = [0.01, 0.11, 0.23, 0.5];
  return (
    <Question
      id="training-start"
      prompt="Before the first step, with every bias at 0, each pixel comes out near one half. What is the loss?"
      options={options.map(String)}
      answer={nearestOption(options, half, "difference")}
    >
      <p>
        {half.toFixed(3)}: the mean of (x − ½)². Black would be better, and so every output is told “darker” at once.
        The mean pixel is {mean.toFixed(4)}.
      </p>
    </Question>
  );
}

/** Whether the training loss measured again at the first epoch's end is nearer to the logged loss or to the validation loss. */
export async function AskRecomputed({ run }: { run: Run }) {
  const compared = await healthyBeside(run);
  const [first] = compared?.history ?? [];
  if (!compared || typeof first?.loss !== "number" || typeof first.valLoss !== "number") return null;
  const snapshots = await readSnapshots(compared);
  if (!snapshots) return <Missing run={compared.name} file="snapshots" />;
  const again = snapshots.moments.find(({ step }) => step === stepsPerEpoch(compared))?.trainMse;
  if (again === undefined) return null;
  const { loss, valLoss } = first;
  const nearer = Math.abs(again - loss) < Math.abs(again - valLoss) ? 0 : 1;
  const apart = again < valLoss ? "below" : "above";
  return (
    <Question
      id="training-recomputed"
      prompt={`After epoch 1 the log of the run ${compared.name} says loss ${loss.toFixed(4)}, validation loss ${valLoss.toFixed(4)}. Measure the training loss again, with the weights of the epoch’s end. Which of the two is it nearer to?`}
      options={[`the logged loss, ${loss.toFixed(4)}`, `the validation loss, ${valLoss.toFixed(4)}`]}
      answer={nearer}
    >
      <p>
        It is {again.toFixed(5)} on the first 2,000 training pictures, {apart} the validation loss of{" "}
        {valLoss.toFixed(5)} by {((Math.abs(again - valLoss) / valLoss) * 100).toFixed(0)} %.{" "}
        {nearer === 1
          ? "The logged loss is the mean over an epoch in which the weights moved from nothing to here; most of it is past."
          : "In this run the weights hardly moved within the epoch, so its mean is what its end is."}{" "}
        Measured at the same moment, the two losses compare.
      </p>
    </Question>
  );
}

export async function Grey() {
  const { mean, meanSquare } = await brightness();
  return <OneGrey mean={mean} meanSquare={meanSquare} />;
}
