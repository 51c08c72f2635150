import {
  type AutoencoderSpec,
  assignmentSpec,
  countMultiplyAdds,
  countParameters,
  layerSizes,
  layerValues,
  mapLayerNamed,
  mapLayersOf,
  traceBack,
} from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import { counted } from "@autoencoder/ui";
import { sidesOf } from "../../../content/04-the-whole-network/sides.ts";
import { countsOf } from "../../../content/05-counting/counts.ts";
import type { Inside } from "../../server/inside.ts";
import { nearestOption } from "./nearest-option.ts";
import { Question } from "./question.tsx";

/** The chapters' questions; every answer and its explanation is computed from the loaded run. */

export function askThumbnail(thumbnail: number, { test }: Run) {
  const ratio = thumbnail / test.mse;
  const options = [1, 4, 16, 64];
  return (
    <Question
      id="squeeze-thumbnail"
      prompt="A thumbnail of 8 × 8 keeps 64 numbers. Over all test digits, how many times as large as the network’s is its error?"
      options={options.map((times) => (times === 1 ? "about the same" : `about ${times} times`))}
      answer={nearestOption(options, ratio, "ratio")}
    >
      <p>
        {ratio.toFixed(1)} times: the thumbnail’s MSE is {thumbnail.toFixed(4)}, the network’s {test.mse.toFixed(5)}. A
        thumbnail spends its numbers evenly over the picture; the network spends them on what differs between digits.
      </p>
    </Question>
  );
}

export function askZip(packed: number, latent: number) {
  return (
    <Question
      id="squeeze-zip"
      prompt={`gzip stores the digits exactly. Does it need more or fewer bytes a digit than the code’s ${latent * 4}?`}
      options={["more", "fewer"]}
      answer={packed > latent * 4 ? 0 : 1}
    >
      <p>
        About {packed.toFixed(0)} bytes, {packed > latent * 4 ? "more" : "fewer"} than {latent} float32 numbers take.
        The bottleneck is about how many numbers may vary, not about bytes: an autoencoder is not a file format.
      </p>
    </Question>
  );
}

export function askKernel(spec: AutoencoderSpec) {
  const [, second] = layerSizes(spec.encoder).filter(({ layer }) => layer.className === "Conv2D");
  const terms = second?.terms ?? 0;
  const options = [9, terms, terms * (second?.output[2] ?? 1)];
  return (
    <Question
      id="convolution-kernel"
      prompt={`How many weights does one kernel of ${second?.layer.name} have, its bias aside?`}
      options={options.map(counted)}
      answer={1}
    >
      <p>
        {counted(terms)}: 3 × 3 places on each of the {second?.input[2]} maps that it reads. “A 3 × 3 kernel” names two
        of its three sides.
      </p>
    </Question>
  );
}

export function askZeros({ stages, all }: Inside) {
  const stage = mapLayerNamed(stages, "conv2d");
  const values = layerValues(all, stage);
  const zeros = Array.from(values).filter((value) => value === 0).length;
  const share = (zeros / values.length) * 100;
  const options = [10, 30, 60, 90];
  return (
    <Question
      id="convolution-zeros"
      prompt={`Of the ${counted(values.length)} values of conv2d for the digit that this chapter opens on, what share is exactly 0?`}
      options={options.map((percent) => `about ${percent} %`)}
      answer={nearestOption(options, share, "difference")}
    >
      <p>
        {share.toFixed(1)} %: ReLU turns every sum below 0 into 0. Where the picture is black the sum is the bias alone,
        so a map with a bias below 0 is 0 over the whole background.
      </p>
    </Question>
  );
}

export function askPatch(spec: AutoencoderSpec) {
  const stages = mapLayersOf(spec);
  const output = stages.at(-1) as (typeof stages)[number];
  const [height, width] = output.shape;
  const before = mapLayerNamed(stages, "conv2d_3");
  const cells = traceBack(stages, output, { row: Math.floor(height / 2), column: Math.floor(width / 2) });
  const side = cells[before.index]?.rows.length ?? 0;
  return (
    <Question
      id="network-patch"
      prompt="The last kernel is 3 × 3. On how many cells of the 14 × 14 maps before the upsampling does one pixel of the output depend?"
      options={["1 × 1", "2 × 2", "3 × 3", "4 × 4"]}
      answer={side - 1}
    >
      <p>
        {side} × {side}: upsampling wrote each cell into a square of 2 × 2, so three neighbours in a row come from only
        two cells. Fine strokes are carried by which maps are bright, not by where.
      </p>
    </Question>
  );
}

export function askCopies(spec: AutoencoderSpec) {
  const up = mapLayersOf(spec).findLast((layer) => layer.spec.className === "UpSampling2D");
  const values = up?.values ?? 0;
  const options = [values, values / 2, values / 4, values / 16];
  return (
    <Question
      id="network-copies"
      prompt={`${up?.name} gives ${counted(values)} values. At most how many of them can differ?`}
      options={options.map(counted)}
      answer={2}
    >
      <p>
        {counted(values / 4)}: each value stands there four times. It has 0 parameters and adds nothing; what pooling
        threw away is not put back, the convolution behind it has to invent it.
      </p>
    </Question>
  );
}

export function askDenseWork(spec: AutoencoderSpec) {
  const { parameters, work, denseParameters, denseWork } = countsOf(spec);
  const share = (denseWork / work) * 100;
  const options = [4, 25, 50, 84];
  return (
    <Question
      id="counting-dense"
      prompt={`The two Dense layers hold ${((denseParameters / parameters) * 100).toFixed(0)} % of the parameters. What share of the multiply-adds do they do?`}
      options={options.map((percent) => `${percent} %`)}
      answer={nearestOption(options, share, "ratio")}
    >
      <p>
        {share.toFixed(2)} %. Each of their weights is used once a digit; a weight of a convolution is used at every
        position, up to 784 times.
      </p>
    </Question>
  );
}

export function askDouble() {
  const counts = [64, 128].map((latent) => {
    const { encoder, decoder } = assignmentSpec({ latent });
    return {
      parameters: countParameters(encoder) + countParameters(decoder),
      work: countMultiplyAdds(encoder) + countMultiplyAdds(decoder),
    };
  });
  const [one, two] = counts as [(typeof counts)[number], (typeof counts)[number]];
  const ratio = two.parameters / one.parameters;
  const options = [1.04, 1.5, 1.84, 2];
  return (
    <Question
      id="counting-double"
      prompt="The code gets 128 numbers instead of 64. The parameters grow by a factor of …"
      options={options.map((times) => `× ${times}`)}
      answer={nearestOption(options, ratio, "ratio")}
    >
      <p>
        × {ratio.toFixed(2)}: {counted(one.parameters)} become {counted(two.parameters)}, since nearly all of them sit
        in the two Dense layers. The work grows only × {(two.work / one.work).toFixed(2)}.
      </p>
    </Question>
  );
}

export function askPooled(spec: AutoencoderSpec) {
  const stages = mapLayersOf(spec);
  const [before, after] = [mapLayerNamed(stages, "conv2d"), mapLayerNamed(stages, "max_pooling2d")];
  const options = [before.values / 2, before.values / 4, before.values / 9];
  return (
    <Question
      id="convolution-pooled"
      prompt={`conv2d makes ${counted(before.values)} values. How many of them does max_pooling2d pass on?`}
      options={options.map((values) => counted(Math.round(values)))}
      answer={nearestOption(options, after.values, "ratio")}
    >
      <p>
        {counted(after.values)}: one of every window of 2 × 2. The other {counted(before.values - after.values)} are not
        in any number that comes later.
      </p>
    </Question>
  );
}

export function askSides() {
  const sides = sidesOf({ size: 28, pools: 3, padding: "valid" });
  const last = sides.at(-1) as number;
  const options = [last, 28, 32, 56];
  return (
    <Question
      id="network-sides"
      prompt="Pool a picture of 28 × 28 three times, then double it three times. What size comes out?"
      options={options.map((side) => `${side} × ${side}`)}
      answer={options.indexOf(last)}
    >
      <p>{sides.join(", ")}: half of 7 is 3, and doubling 3 gives 6. Nothing remembers that there was a seventh row.</p>
    </Question>
  );
}

export function askFilters(spec: AutoencoderSpec) {
  const facts = layerSizes(spec.decoder)
    .filter(({ layer }) => layer.className === "Conv2D")
    .at(-2);
  const [read, made] = [facts?.input[2] ?? 0, facts?.output[2] ?? 0];
  const parameters = facts?.parameters ?? 0;
  const options = [(9 + 1) * made, 9 * read * made, parameters, (9 + 1) * read * made];
  return (
    <Question
      id="counting-filters"
      prompt={`${facts?.layer.name} reads ${read} maps and makes ${made}, with kernels of 3 × 3. How many parameters is that?`}
      options={options.map(counted)}
      answer={2}
    >
      <p>
        (3 · 3 · {read} + 1) · {made} = {counted(parameters)}. A kernel is as deep as the layer before has maps, and
        each kernel has one bias, not one for every map that it reads.
      </p>
    </Question>
  );
}
