import type { Run } from "@autoencoder/model/run";
import { brightness, testBaselines, thumbnailMse } from "../../server/facts.ts";
import { TableScroll } from "../table-scroll.tsx";
import { LadderFigure, OneGrey, Stuck } from "./lazy.ts";
import { nearestOption } from "./nearest-option.ts";
import { Question } from "./question.tsx";

/** What the assignment reports for its last epoch. */
const example = 0.0052;

/** Errors on the test images, of what needs no training and of this run. */
export async function Ladder({ run }: { run: Run }) {
  const rungs = await rungsOf(run);
  return (
    <figure>
      <LadderFigure rungs={[...rungs, { name: "this run", mse: run.test.mse }]} />
      <figcaption>
        On the 10,000 test images; 64 PCA numbers and the example on the validation images, as they are reported.
      </figcaption>
    </figure>
  );
}

async function rungsOf({ baselines }: Run) {
  const of = await testBaselines();
  return [
    { name: "one half everywhere", mse: of.half },
    { name: "black", mse: of.black },
    { name: "one grey", mse: of.grey },
    { name: "the mean picture", mse: of.meanImage },
    { name: "the mean picture of its class", mse: of.classMean },
    { name: "the digit, one pixel to the side", mse: of.shifted },
    { name: "a thumbnail of 8 × 8", mse: await thumbnailMse() },
    { name: "64 PCA numbers", mse: baselines.pca },
    { name: "the assignment’s example", mse: example },
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
    ["the assignment’s example", example],
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

export async function Grey() {
  const { mean, meanSquare } = await brightness();
  return <OneGrey mean={mean} meanSquare={meanSquare} />;
}
