import type { Run } from "@autoencoder/model/run";
import { counted } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { StillPicture } from "../../src/features/chapter/still-picture.tsx";
import { testPicture } from "../../src/server/mnist.ts";
import { brightness, classMeans, nearerThanSameClass } from "../../src/server/statistics/facts.ts";

/** The mean training picture of every class. */
export async function ClassMeans() {
  const means = await classMeans();
  return (
    <figure className="wide class-means">
      <ul>
        {means.map(({ label, count, picture }) => (
          <li key={label}>
            <StillPicture pixels={picture} label={`the mean ${label}`} />
            <b>{label}</b> <span className="number">{counted(count)}</span>
          </li>
        ))}
      </ul>
      <figcaption>The mean of all training pictures of a class, and how many there are.</figcaption>
    </figure>
  );
}

/** How black the pictures are, as a bar. */
export async function HowBlack() {
  const { zero, dark, mean } = await brightness();
  const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
  return (
    <figure>
      <div className="how-black" aria-hidden="true">
        <span style={{ flexGrow: zero, background: "#000" }} />
        <span style={{ flexGrow: dark - zero, background: "#444" }} />
        <span style={{ flexGrow: 1 - dark, background: "#fff" }} />
      </div>
      <figcaption data-part="black">
        <span className="number">{percent(zero)}</span> of the pixels are exactly 0,{" "}
        <span className="number">{percent(dark)}</span> darker than half; their mean is{" "}
        <span className="number">{mean.toFixed(4)}</span>.
      </figcaption>
    </figure>
  );
}

export async function AskZeroPixels() {
  const { zero } = await brightness();
  const options = [20, 50, 80, 95];
  return (
    <Question
      id="data-zero"
      prompt="What share of MNIST’s pixels is exactly 0?"
      options={options.map((share) => `about ${share} %`)}
      answer={nearestOption(options, zero * 100, "difference")}
    >
      <p>{(zero * 100).toFixed(1)} %. A digit is a thin stroke on a large black ground.</p>
    </Question>
  );
}

export async function AskBlack() {
  const shares = await nearerThanSameClass();
  const of = (label: number) => (shares.perClass[label]?.share ?? 0) * 100;
  const options = [0, 10, 40, 90];
  return (
    <Question
      id="data-black"
      prompt="Two different 3s. By mean squared error, how often is a black picture nearer to the first than the second 3 is?"
      options={options.map((share) => (share === 0 ? "never" : `in about ${share} % of pairs`))}
      answer={nearestOption(options, of(3), "difference")}
    >
      <p>
        In {of(3).toFixed(0)} % of {counted(shares.pairs)} random pairs of 3s, and in {of(5).toFixed(0)} % of 5s. Two
        strokes that do not lie on each other are both wrong; no stroke is wrong only once.
      </p>
    </Question>
  );
}

/** Pairs of threes, each with the distance to the other and to black: which one is nearer. */
export async function BlackOrOther() {
  const label = 3;
  const { perClass } = await nearerThanSameClass();
  const pairs = await Promise.all(
    (perClass[label]?.examples ?? []).map(async ({ first, second, ...errors }) => ({
      ...errors,
      pictures: await Promise.all([first, second].map(async (index) => ({ index, pixels: await testPicture(index) }))),
    })),
  );
  return (
    <figure className="wide pairs">
      <ul>
        {pairs.map(({ pictures, toOther, toBlack }) => (
          <li key={pictures.map(({ index }) => index).join("-")} data-nearer={toBlack < toOther ? "black" : "other"}>
            <div>
              {pictures.map(({ index, pixels }) => (
                <StillPicture key={index} pixels={pixels} label={`test digit ${index}, a ${label}`} />
              ))}
            </div>
            <span data-part="to-other">
              to the other <span className="number">{toOther.toFixed(4)}</span>
            </span>
            <span data-part="to-black">
              to black <span className="number">{toBlack.toFixed(4)}</span>
            </span>
          </li>
        ))}
      </ul>
      <figcaption>
        The first six of these pairs: the mean squared error between the left digit and the right one, and between the
        left digit and a black picture. The smaller one is in bold.
      </figcaption>
    </figure>
  );
}

export function AskSplit({ run }: { run: Run }) {
  const { split, testImages } = run.dataset;
  return (
    <Question
      id="data-split"
      prompt="You trained five networks with five code sizes and want to keep the best one. Which images decide?"
      options={["the training images", "the validation images", "the test images"]}
      answer={1}
    >
      <p>
        The {counted(split.validation)} for validation. The {counted(split.train)} for training favour whoever learned
        them by heart. The {counted(testImages)} for testing have to be new when the choice is made, or their error is
        no longer an honest guess about digits that nobody has seen.
      </p>
    </Question>
  );
}
