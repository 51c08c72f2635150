import { assignmentSpec, layerSizes } from "@autoencoder/model";
import { fixed, integer, percent } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { askedShare } from "./asked-share.ts";
import { countsOf } from "./counts.ts";

export async function AskDenseWork() {
  const { spec } = await currentRun();
  const { parameters, work, denseParameters, denseWork } = countsOf(spec);
  const share = (denseWork / work) * 100;
  const { options } = askedShare;
  return (
    <Question
      id={AskDenseWork.questionId}
      prompt={`The two Dense layers hold ${percent(denseParameters / parameters, 0)} of the parameters. What share of the multiply-adds do they do?`}
      options={options.map((share) => `${share} %`)}
      answer={nearestOption(options, share, "ratio")}
    >
      <p>
        {fixed(share, 2)} %. A Dense layer uses each of its weights once for a digit. A convolution uses each of its
        weights at every position, up to 784 times.
      </p>
    </Question>
  );
}
AskDenseWork.questionId = askedShare.question;

export function AskDouble() {
  const counts = [64, 128].map((latent) => countsOf(assignmentSpec({ latent })));
  const [one, two] = counts as [(typeof counts)[number], (typeof counts)[number]];
  const ratio = two.parameters / one.parameters;
  const options = [1.04, 1.5, 1.84, 2];
  return (
    <Question
      id={AskDouble.questionId}
      prompt="Give the code 128 numbers instead of 64. By which factor do the parameters grow?"
      options={options.map((times) => `× ${times}`)}
      answer={nearestOption(options, ratio, "ratio")}
    >
      <p>
        × {fixed(ratio, 2)}: {integer(one.parameters)} become {integer(two.parameters)}, because nearly all of them sit
        in the two Dense layers. The work grows only × {fixed(two.work / one.work, 2)}.
      </p>
    </Question>
  );
}
AskDouble.questionId = "counting-double";

export async function AskFilters() {
  const { spec } = await currentRun();
  const layer = layerSizes(spec.decoder)
    .filter(({ layer: { className } }) => className === "Conv2D")
    .at(-2);
  const [read, made] = [layer?.input[2] ?? 0, layer?.output[2] ?? 0];
  const parameters = layer?.parameters ?? 0;
  const options = [(9 + 1) * made, 9 * read * made, parameters, (9 + 1) * read * made];
  return (
    <Question
      id={AskFilters.questionId}
      prompt={`${layer?.layer.name} reads ${read} maps and makes ${made}, with kernels of 3 × 3. How many parameters is that?`}
      options={options.map(integer)}
      answer={2}
    >
      <p>
        (3 · 3 · {read} + 1) · {made} = {integer(parameters)}. A kernel is as deep as the layer before has maps, and
        each kernel has one bias, not one for every map that it reads.
      </p>
    </Question>
  );
}
AskFilters.questionId = "counting-filters";
