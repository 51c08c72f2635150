import { type MapLayer, mapLayerNamed, mapLayersOf, traceBack } from "@autoencoder/model";
import { integer } from "@autoencoder/ui";
import { Question } from "../../src/features/chapter/question.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { sidesOf } from "./sides.ts";

export async function AskCopies() {
  const { spec } = await currentRun();
  const up = mapLayersOf(spec).findLast((layer) => layer.spec.className === "UpSampling2D");
  const values = up?.values ?? 0;
  const options = [values, values / 2, values / 4, values / 16];
  return (
    <Question
      id={AskCopies.questionId}
      prompt={`${up?.name} gives ${integer(values)} values. At most how many of them can differ?`}
      options={options.map(integer)}
      answer={2}
    >
      <p>
        {integer(values / 4)}: each value stands there four times. The layer has 0 parameters and adds nothing. What
        pooling threw away is not put back: the next convolution has to paint something plausible.
      </p>
    </Question>
  );
}
AskCopies.questionId = "network-copies";

export function AskSides() {
  const sides = sidesOf({ size: 28, pools: 3, padding: "valid" });
  const last = sides.at(-1) as number;
  const options = [last, 28, 32, 56];
  return (
    <Question
      id={AskSides.questionId}
      prompt="Pool a picture of 28 × 28 three times, then double it three times. What size comes out?"
      options={options.map((side) => `${side} × ${side}`)}
      answer={options.indexOf(last)}
    >
      <p>{sides.join(", ")}: half of 7 is 3, and doubling 3 gives 6. Nothing remembers that there was a seventh row.</p>
    </Question>
  );
}
AskSides.questionId = "network-sides";

export async function AskPatch() {
  const { spec } = await currentRun();
  const layers = mapLayersOf(spec);
  const output = layers.at(-1) as MapLayer;
  const [height, width] = output.shape;
  const before = mapLayerNamed(layers, "conv2d_3");
  const cells = traceBack(layers, output, { row: Math.floor(height / 2), column: Math.floor(width / 2) });
  const side = cells[before.index]?.rows.length ?? 0;
  return (
    <Question
      id={AskPatch.questionId}
      prompt="The last kernel is 3 × 3. On how many cells of the 14 × 14 maps before the upsampling does one pixel of the output depend?"
      options={["1 × 1", "2 × 2", "3 × 3", "4 × 4"]}
      answer={side - 1}
    >
      <p>
        {side} × {side}: upsampling wrote each cell into a square of 2 × 2, so three neighbours in a row come from only
        two cells. Which maps are bright there tells the fine strokes apart.
      </p>
    </Question>
  );
}
AskPatch.questionId = "network-patch";
