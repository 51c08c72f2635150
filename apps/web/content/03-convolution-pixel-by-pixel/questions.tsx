import { layerSizes, layerValues, mapLayerNamed, mapLayersOf } from "@autoencoder/model";
import { fixed, integer } from "@autoencoder/ui";
import { nearestOption } from "../../src/features/chapter/nearest-option.ts";
import { openingDigit, openingForwardPass } from "../../src/features/chapter/opening-digit.ts";
import { Question } from "../../src/features/chapter/question.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { api } from "../../src/trpc/caller.ts";

export async function AskZeros() {
  const { layers, values: activations } = await openingForwardPass();
  const values = layerValues(activations, mapLayerNamed(layers, "conv2d"));
  const zeros = Array.from(values).filter((value) => value === 0).length;
  const share = (zeros / values.length) * 100;
  const options = [10, 30, 60, 90];
  return (
    <Question
      id={AskZeros.questionId}
      prompt={`Of the ${integer(values.length)} values of conv2d for the digit that this chapter opens on, what share is exactly 0?`}
      options={options.map((percent) => `about ${percent} %`)}
      answer={nearestOption(options, share, "difference")}
    >
      <p>
        {fixed(share, 1)} %: ReLU turns every sum below 0 into 0. Where the picture is black the sum is the bias alone,
        so a map with a bias below 0 is 0 over the whole background.
      </p>
    </Question>
  );
}
AskZeros.questionId = "convolution-zeros";

export async function AskKernel() {
  const { spec } = await currentRun();
  const [, second] = layerSizes(spec.encoder).filter(({ layer }) => layer.className === "Conv2D");
  const terms = second?.terms ?? 0;
  const options = [9, terms, terms * (second?.output[2] ?? 1)];
  return (
    <Question
      id={AskKernel.questionId}
      prompt={`How many weights does one kernel of ${second?.layer.name} have, its bias aside?`}
      options={options.map(integer)}
      answer={1}
    >
      <p>
        {integer(terms)}: 3 × 3 places on each of the {second?.input[2]} maps that it reads. “A 3 × 3 kernel” names two
        of its three sides.
      </p>
    </Question>
  );
}
AskKernel.questionId = "convolution-kernel";

export async function AskPooled() {
  const { spec } = await currentRun();
  const layers = mapLayersOf(spec);
  const [before, after] = [mapLayerNamed(layers, "conv2d"), mapLayerNamed(layers, "max_pooling2d")];
  const options = [before.values / 2, before.values / 4, before.values / 9];
  return (
    <Question
      id={AskPooled.questionId}
      prompt={`conv2d makes ${integer(before.values)} values. How many of them does max_pooling2d pass on?`}
      options={options.map((values) => integer(Math.round(values)))}
      answer={nearestOption(options, after.values, "ratio")}
    >
      <p>
        {integer(after.values)}: one of every window of 2 × 2. The other {integer(before.values - after.values)} are not
        in any number that comes later.
      </p>
    </Question>
  );
}
AskPooled.questionId = "convolution-pooled";

export async function AskBends() {
  const { layers, first, all } = await api.digits.withoutRelu(await openingDigit());
  const options = [1.5, 15, 150, 1500];
  return (
    <Question
      id={AskBends.questionId}
      prompt={`Take ReLU out of ${layers[0]}, and change nothing else. By which factor does the error of the opening digit grow?`}
      options={options.map((factor) => `about ${factor < 2 ? fixed(factor, 1) : integer(factor)}`)}
      answer={nearestOption(options, first, "ratio")}
    >
      <p>
        It grows {fixed(first, 1)}-fold. Max pooling comes next: where one of four sums is above 0, it keeps that one
        with or without ReLU. Without all {layers.length} ReLUs the error grows {integer(Math.round(all))}-fold.
      </p>
    </Question>
  );
}
AskBends.questionId = "convolution-bends";
