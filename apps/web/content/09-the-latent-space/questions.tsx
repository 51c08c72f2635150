import { exponential, fixed, integer, percent } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { attempt } from "../../src/shared/result.ts";
import { api } from "../../src/trpc/caller.ts";
import { SameClassTable } from "./lazy.ts";

export async function AskRotate() {
  const { changed, greatest, latent } = await api.latents.rotatedFirstDigit(await currentRun());
  const options = ["none", "about half", "all, or nearly"];
  return (
    <Question
      id={AskRotate.questionId}
      prompt={`Turn the ${latent.length} numbers by a random rotation, and turn the decoder’s first layer back. How many bars change?`}
      options={options}
      answer={changed < latent.length / 4 ? 0 : changed < (latent.length * 3) / 4 ? 1 : 2}
    >
      <p>
        {changed} of {latent.length} change by more than 0.01, and no pixel of the picture by more than{" "}
        {exponential(nextPowerOfTen(greatest), 0)}. Training has no reason to prefer one of these codes. So no single
        value “is” the slant or the width of a digit.
      </p>
    </Question>
  );
}
AskRotate.questionId = "latent-rotate";

/** The power of ten that a number stays below, for digits other than the one that was computed as well. */
function nextPowerOfTen(value: number): number {
  return 10 ** Math.ceil(Math.log10(value));
}

/** How often a neighbour is of the same class, among the codes and among random sums of the pixels. */
export async function AskNeighbours() {
  const run = await currentRun();
  const found = await attempt(() => api.latents.sameClassNeighbours(run));
  if (!found.ok) {
    return (
      <p className="notice" role="note">
        {found.problem.sentence}
      </p>
    );
  }
  const { asked, among, code, random } = found.value;
  const width = codeSize(run);
  const share = (random / asked) * 100;
  const options = [10, 50, 75, 90];
  return (
    <Question
      id={AskNeighbours.questionId}
      prompt={`Take ${width} random sums of the pixels instead of the code: numbers that learned nothing. How often is the nearest other digit of the same class?`}
      options={options.map((share) => `in about ${share} %`)}
      answer={nearestOption(options, share, "difference")}
    >
      <p data-part="same-class">
        In {fixed(share, 1)} % of {asked} test digits, looked for among {integer(among)} others. With the run’s code:{" "}
        {percent(code / asked)}. Nearby pictures have nearby numbers, learned or not.
      </p>
      <SameClassTable
        run={run.name}
        asked={asked}
        rows={[
          { name: `${width} random sums`, same: random },
          { name: "the run’s code", same: code },
        ]}
        width={width}
      />
    </Question>
  );
}
AskNeighbours.questionId = "latent-neighbours";
