import { createRandom } from "@autoencoder/data";
import { Button, greyPixels, PixelPicture } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { decodeBytes, decodeFloats } from "../../src/features/digit/encoding.ts";
import { fetchFloats } from "../../src/shared/fetch-numbers.ts";
import { pixelCount } from "../../src/shared/pixels.ts";
import { openingDraw, randomCodes } from "../../src/shared/random-codes.ts";
import { attempt, sentenceOf } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import styles from "./snow.module.css";

export interface LiveSnowProps {
  /** Of each value of the code, over the test digits: float32 in base64. */
  mean: string;
  deviation: string;
  /** Address of the lower triangle L with L·Lᵀ = covariance, [width × width] of float32. */
  factor: string;
  /** What the decoder paints from the codes of the opening draw: bytes in base64. */
  first: readonly string[];
}

const { count } = openingDraw;

/** Pictures whose pixels are drawn at random, above pictures whose codes are. */
export function LiveSnow({ mean, deviation, factor, first }: LiveSnowProps) {
  const { live } = useChapter();
  const [seed, setSeed] = useState<number>(openingDraw.seed);
  const opening = useMemo(() => first.map(decodeBytes), [first]);
  const snow = useMemo(() => randomPixels(seed), [seed]);
  const isOpening = seed === openingDraw.seed;
  const ask = useMemo(() => {
    if (isOpening) return undefined; // the server has painted them
    return (signal: AbortSignal) =>
      attempt(async () => {
        const [means, deviations] = [decodeFloats(mean), decodeFloats(deviation)];
        const spread = { mean: means, deviation: deviations, triangle: await fetchFloats(factor) };
        const painted: Float32Array[] = [];
        for (const latent of randomCodes(seed, count, { way: "covariance", ...spread })) {
          const decoded = await live.client.decode({ latent }, { signal });
          if (!decoded.ok) throw new Error(decoded.problem.sentence);
          painted.push(decoded.value.reconstruction);
        }
        return painted;
      });
  }, [isOpening, seed, live.client, mean, deviation, factor]);
  const { value, result } = useAsk(ask);
  const painted = isOpening ? opening : (value ?? opening);
  const width = decodeFloats(mean).length;
  const problem = sentenceOf(result);
  return (
    <figure className={`wide ${styles.figure}`} data-testid="snow" data-seed={seed}>
      <Row name={`${pixelCount} random grey values, drawn as they are`} pictures={snow} part="encoder" />
      <Row name={`${width} random numbers, painted by the decoder`} pictures={painted} part="decoder" />
      <div className={styles.again}>
        <Button disabled={live.state.kind !== "live"} onClick={() => setSeed(seed + 1)}>
          draw again
        </Button>
        <LiveNote />
      </div>
      {problem && <p role="alert">The numbers could not be painted: {problem}</p>}
      <figcaption>
        Above, each pixel is any grey between black and white. Below, the {width} numbers are drawn so that they vary
        and go together as those of the 10,000 test digits do. The network saw none of these pictures.
      </figcaption>
    </figure>
  );
}

function Row({
  name,
  pictures,
  part,
}: {
  name: string;
  pictures: readonly (Uint8Array | Float32Array)[];
  part: string;
}) {
  return (
    <div>
      <p className={styles.name}>
        <b data-part={part}>{name}</b>
      </p>
      <div className={styles.pictures} data-row={part}>
        {pictures.map((pixels, at) => (
          <PixelPicture
            key={at}
            pixels={greyPixels(pixels)}
            label={at === 0 ? `${pictures.length} pictures of ${name}` : ""}
          />
        ))}
      </div>
    </div>
  );
}

/** Pictures of pixels that know nothing of each other: bytes. */
function randomPixels(seed: number): Uint8Array[] {
  const random = createRandom(seed, pixelCount);
  return Array.from({ length: count }, () => Uint8Array.from({ length: pixelCount }, () => random.int(256)));
}
