import { fixed } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { api } from "../../src/trpc/caller.ts";

export async function AskThumbnail() {
  const { test } = await currentRun();
  const thumbnail = await api.data.thumbnailMse();
  const ratio = thumbnail / test.mse;
  const options = [1, 4, 16, 64];
  return (
    <Question
      id={AskThumbnail.questionId}
      prompt="A thumbnail of 8 × 8 keeps 64 numbers. Over all test digits, how many times as large as the network’s is its error?"
      options={options.map((times) => (times === 1 ? "about the same" : `about ${times} times`))}
      answer={nearestOption(options, ratio, "ratio")}
    >
      <p>
        {fixed(ratio, 1)} times: the thumbnail’s MSE is {fixed(thumbnail)}, the network’s {fixed(test.mse, 5)}. A
        thumbnail spends its numbers evenly over the picture; the network spends them on what differs between digits.
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
        About {fixed(packed, 0)} bytes, {packed > latent * 4 ? "more" : "fewer"} than {latent} float32 numbers take. The
        bottleneck is about how many numbers may vary, not about bytes: an autoencoder is not a file format.
      </p>
    </Question>
  );
}
AskZip.questionId = "squeeze-zip";
