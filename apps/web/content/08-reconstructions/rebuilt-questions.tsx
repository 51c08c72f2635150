import type { Run } from "@autoencoder/model/run";
import { counted } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { foundAgain, shiftCost } from "../../src/server/statistics/rebuilt.ts";

/** How many originals are found again from their reconstructions, which is what "clearly resembles" means in numbers. */
export async function AskFound({ run }: { run: Run }) {
  const { of, among, network, thumbnail } = await foundAgain(run);
  const options = [10, 50, 80, 100];
  return (
    <Question
      id="rebuilt-found"
      prompt={`Take the ${of} recorded reconstructions, and for each the nearest of all ${counted(among)} test digits by MSE. How many find the very digit that they were made from?`}
      options={options.map((share) => `about ${Math.round((share / 100) * of)}`)}
      answer={nearestOption(options, (network / of) * 100, "difference")}
    >
      <p>
        {network} of {of}. Of the thumbnails of 8 × 8, enlarged again, {thumbnail} do. Whoever finds the original among
        ten thousand has kept what makes this digit differ from all the others; no label and no eye was needed to say
        so.
      </p>
    </Question>
  );
}

/** What a shift of the input costs a network whose convolutions do not care where a stroke is. */
export async function AskInputShift({ run }: { run: Run }) {
  const { digits, by, still, moved } = await shiftCost(run);
  const options = [1, 3, 10, 30];
  return (
    <Question
      id="rebuilt-shift"
      prompt={`Show the network a digit shifted by ${by} pixels, nothing cut off, and compare what it rebuilds with what it was shown. How many times larger is the error?`}
      options={options.map((times) => (times === 1 ? "about the same" : `about ${times} times`))}
      answer={nearestOption(options, moved / still, "ratio")}
    >
      <p>
        {(moved / still).toFixed(1)} times: {moved.toFixed(4)} instead of {still.toFixed(4)}, over {digits} recorded
        digits. Flatten and Dense have a weight for every place, and in the training nothing stood there.
      </p>
    </Question>
  );
}
