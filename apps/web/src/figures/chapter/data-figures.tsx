import { counted } from "@autoencoder/ui";
import { brightness, classMeans, nearerThanSameClass } from "../../server/facts.ts";
import { nearestOption } from "./nearest-option.ts";
import { Question } from "./question.tsx";
import { StillPicture } from "./still-picture.tsx";

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
  const of = (label: number) => (shares.perClass[label] as number) * 100;
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
