import { type LayerSpec, outputShape } from "@autoencoder/model";

/** A picture's side, how often it is halved and doubled again, and what becomes of an odd row. */
export interface Poolings {
  size: number;
  pools: number;
  padding: "same" | "valid";
}

/** Side lengths through poolings and upsamplings, as the layers themselves give them. */
export function sidesOf({ size, pools, padding }: Poolings): number[] {
  const pool: LayerSpec = { className: "MaxPooling2D", name: "pool", poolSize: [2, 2], padding };
  const up: LayerSpec = { className: "UpSampling2D", name: "up", size: [2, 2] };
  const sides = [size];
  for (const layer of [...Array(pools).fill(pool), ...Array(pools).fill(up)] as LayerSpec[]) {
    sides.push(outputShape(layer, [sides.at(-1) as number, sides.at(-1) as number, 1])[0] as number);
  }
  return sides;
}
