import { fixed, integer, percent } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { api } from "../../src/trpc/caller.ts";

/** How many originals are found again from their reconstructions, which is what "clearly resembles" means in numbers. */
export async function AskFound() {
  const { of, among, network, thumbnail } = await api.digits.foundAgain(await currentRun());
  const options = [10, 50, 80, 100];
  return (
    <Question
      id={AskFound.questionId}
      prompt={`Take the ${of} recorded reconstructions, and for each the nearest of all ${integer(among)} test digits by MSE. How many find the very digit that they were made from?`}
      options={options.map((share) => `about ${Math.round((share / 100) * of)}`)}
      answer={nearestOption(options, (network / of) * 100, "difference")}
    >
      <p>
        {network} of {of}. Of the thumbnails of 8 × 8, enlarged again, {thumbnail} do. A reconstruction that finds its
        original among ten thousand has kept what makes this digit differ from the others. No label was needed to
        measure it.
      </p>
    </Question>
  );
}
AskFound.questionId = "rebuilt-found";

/** Which change makes the pictures sharper: not graded, since each run is of one seed. */
export async function AskBlur() {
  const { compared, originals } = await api.digits.blurExperiments(await currentRun());
  const [base, ...others] = compared ?? [];
  if (!originals || !base) return null;
  const given = others.map(({ blur }) => (blur.steepness - base.blur.steepness) / originals.steepness);
  const more = (at: number) => `${(given[at] as number) < 0 ? "−" : "+"}${percent(Math.abs(given[at] as number))}`;
  return (
    <Question
      id={AskBlur.questionId}
      prompt="Change one thing and train again. Which change makes the strokes’ edges steeper, and so the pictures sharper?"
      options={["128 numbers instead of 64", "another loss: the binary cross-entropy", "neither"]}
      answer={undefined}
    >
      <p>
        The larger code changes the steepness by {more(0)} of the originals’. The other loss changes it by {more(1)}.
        Each run is of one seed, and another seed would move these numbers as well. So none of the three is called right
        here.
      </p>
    </Question>
  );
}
AskBlur.questionId = "rebuilt-blur";

/** What a shift of the input costs a network whose convolutions do not care where a stroke is. */
export async function AskInputShift() {
  const { digits, by, still, moved } = await api.digits.shiftedInput(await currentRun());
  const options = [1, 3, 10, 30];
  return (
    <Question
      id={AskInputShift.questionId}
      prompt={`Show the network a digit shifted by ${by} pixels, nothing cut off, and compare what it rebuilds with what it was shown. How many times larger is the error?`}
      options={options.map((times) => (times === 1 ? "about the same" : `about ${times} times`))}
      answer={nearestOption(options, moved / still, "ratio")}
    >
      <p>
        {fixed(moved / still, 1)} times: {fixed(moved)} instead of {fixed(still)}, over {digits} recorded digits.
        Flatten and Dense have a weight for every place, and in the training nothing stood there.
      </p>
    </Question>
  );
}
AskInputShift.questionId = "rebuilt-shift";
