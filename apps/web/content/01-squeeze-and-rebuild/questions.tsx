import type { Run } from "@autoencoder/model/run";
import { fixed, integer } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { defaultRun } from "../../src/shared/default-run.ts";
import { api } from "../../src/trpc/caller.ts";
import { Bytes } from "./bytes.tsx";
import { codeRuns } from "./code-runs.ts";

/** How small a code may be to do as well as PCA with as many components as the assigned code has numbers. */
export async function AskCodes() {
  const runs = await codeRuns();
  const assigned = runs.find(({ name }) => name === defaultRun);
  const smaller = runs.filter((run) => assigned && codeSize(run) < codeSize(assigned));
  if (!assigned || smaller.length < 2) return null;
  const error = (run: Run) => run.history.at(-1)?.valLoss ?? Number.POSITIVE_INFINITY;
  const enough = smaller.findIndex((run) => error(run) <= assigned.baselines.pca);
  const found = smaller[enough];
  return (
    <Question
      id={AskCodes.questionId}
      prompt={`PCA rebuilds pictures by adding up fixed ones. With ${codeSize(assigned)} of them its error is ${fixed(assigned.baselines.pca)}. How many numbers does the network need to do as well?`}
      options={[...smaller.map((run) => integer(codeSize(run))), "more"]}
      answer={found ? enough : smaller.length}
    >
      <p>
        {found
          ? `${codeSize(found)}: with them the network’s error is ${fixed(error(found))}.`
          : "None of these codes is enough."}{" "}
        Both errors are those on the validation images.
      </p>
    </Question>
  );
}
AskCodes.questionId = "squeeze-codes";

export async function AskThumbnail() {
  const run = await currentRun();
  const thumbnail = await api.data.thumbnailMse();
  const ratio = thumbnail / run.test.mse;
  const options = [1, 4, 16, 64];
  return (
    <Question
      id={AskThumbnail.questionId}
      prompt="A thumbnail of 8 × 8 keeps 64 numbers. Over all test digits, how many times as large as the network’s is its error?"
      options={options.map((times) => (times === 1 ? "about the same" : `about ${times} times`))}
      answer={nearestOption(options, ratio, "ratio")}
    >
      <p>
        {fixed(ratio, 1)} times, over the {integer(run.dataset.testImages)} test digits: the thumbnail’s MSE is{" "}
        {fixed(thumbnail)}, the network’s {fixed(run.test.mse, 5)}. A thumbnail spreads its numbers evenly over the
        picture. The network spends them on what differs between digits.
      </p>
    </Question>
  );
}
AskThumbnail.questionId = "squeeze-thumbnail";

export async function AskZip() {
  const latent = codeSize(await currentRun());
  const packed = await api.data.gzipBytes();
  return (
    <Question
      id={AskZip.questionId}
      prompt={`gzip stores the digits exactly. Does it need more or fewer bytes a digit than the code’s ${latent * 4}?`}
      options={["more", "fewer"]}
      answer={packed > latent * 4 ? 0 : 1}
    >
      <p>
        About {fixed(packed, 0)} bytes, {packed > latent * 4 ? "more" : "fewer"} than {latent} float32 numbers take. An
        autoencoder is not a file format.
      </p>
      <Bytes />
    </Question>
  );
}
AskZip.questionId = "squeeze-zip";
