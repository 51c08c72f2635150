import { createRandom } from "@autoencoder/data";
import { byteMeanSquaredError } from "@autoencoder/model";
import { cached } from "../cached.ts";
import { mnist } from "../mnist.ts";
import { takingTurns } from "../turns.ts";

/** Two test digits by index, and the first one's MSE to the second and to black. */
export interface Pair {
  first: number;
  second: number;
  toOther: number;
  toBlack: number;
}

/** For each class: how often a black picture is nearer to a test digit than another of its class is, by MSE; and the first pairs. */
export const blackAgainstSameClass = cached(async () => {
  const { test } = await mnist();
  const pairs = 1000;
  const random = createRandom(1);
  const blackPicture = new Uint8Array(test.size);
  const turn = takingTurns();
  const perClass: { share: number; examples: Pair[] }[] = [];
  for (let label = 0; label < 10; label++) {
    await turn();
    const own = Array.from(test.labels.keys()).filter((index) => test.labels[index] === label);
    const examples: Pair[] = [];
    let black = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const a = own[random.int(own.length)] as number;
      let b = a;
      while (b === a) b = own[random.int(own.length)] as number;
      const toOther = byteMeanSquaredError(test.bytes(a), test.bytes(b));
      const toBlack = byteMeanSquaredError(test.bytes(a), blackPicture);
      if (toBlack < toOther) black++;
      if (pair < 6) examples.push({ first: a, second: b, toOther, toBlack });
    }
    perClass.push({ share: black / pairs, examples });
  }
  return { pairs, perClass };
});
