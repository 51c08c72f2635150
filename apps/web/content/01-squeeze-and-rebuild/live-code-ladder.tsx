import { digitError, fixed, greyPixels, integer, PixelPicture, Slider, Tile, Tiles } from "@autoencoder/ui";
import { LiveNote } from "../../src/features/chapter/chapter-live.tsx";
import styles from "./code-ladder.module.css";
import type { CodeRung } from "./code-rung.ts";
import { useCodeLadder } from "./use-code-ladder.ts";

/** One digit rebuilt by networks that differ in the size of their code, and how well each does on all digits. */
export function LiveCodeLadder({ rungs, meanImage }: { rungs: readonly CodeRung[]; meanImage: number }) {
  const { pixels, pictures, chosen, choose, problem } = useCodeLadder(rungs);
  const rung = rungs[chosen] as CodeRung;
  const picture = pictures[chosen];
  const greatest = Math.max(meanImage, ...rungs.map(({ pca }) => pca));
  return (
    <figure className={`wide ${styles.figure}`} data-testid="code-ladder" data-code={rung.code}>
      <Tiles className={styles.tiles}>
        <Tile pixels={pixels} name="the digit" part="encoder" note={`${pixels.length} numbers`} />
        <p className={styles.code}>
          <b className="number">{rung.code}</b>
          numbers in the code
        </p>
        <Tile
          pixels={picture ?? new Uint8Array(pixels.length)}
          label={picture ? `rebuilt from ${rung.code} numbers` : "not computed yet"}
          name="rebuilt"
          part="decoder"
          note={picture ? `MSE ${fixed(errorOf(pixels, picture), 4)}` : "computing…"}
        />
      </Tiles>
      <div style={{ paddingInline: `calc(${50 / rungs.length}% - 0.6rem)` }}>
        <Slider
          aria-label="Numbers in the code"
          min={0}
          max={rungs.length - 1}
          step={1}
          value={chosen}
          aria-valuetext={`${rung.code} numbers; error ${fixed(rung.error, 4)}, PCA ${fixed(rung.pca, 4)}`}
          onChoose={choose}
        />
      </div>
      <ol className={styles.rungs} style={{ gridTemplateColumns: `repeat(${rungs.length}, minmax(0, 1fr))` }}>
        {rungs.map(({ run, code, error, pca, bytes }, at) => (
          <li key={run} data-rung={code}>
            <button type="button" aria-pressed={at === chosen} onClick={() => choose(at)}>
              <span className={styles.plot} aria-hidden="true">
                <span className={styles.level} style={{ bottom: `${(100 * meanImage) / greatest}%` }} />
                <span className={styles.pca} style={{ bottom: `${(100 * pca) / greatest}%` }} />
                <span className={styles.network} style={{ bottom: `${(100 * error) / greatest}%` }} />
              </span>
              <Thumbnail picture={pictures[at]} />
              <b className="number">{code}</b>
              <span className="visually-hidden">
                numbers: error {fixed(error, 4)}, PCA {fixed(pca, 4)}, {integer(Math.round(bytes / 1000))} kB to load
              </span>
            </button>
          </li>
        ))}
      </ol>
      {problem && <p role="alert">This network could not be asked: {problem}</p>}
      <LiveNote />
      <figcaption>
        <span className={styles.network} /> the network’s error, <span className={styles.pca} /> PCA’s with as many
        numbers: MSE over the 6,000 validation images. The lower line is 0, and the dotted one is the error of the mean
        image. A code of <b className="number">{rung.code}</b> leaves the network {fixed(rung.error, 4)} and PCA{" "}
        {fixed(rung.pca, 4)}. This network takes {integer(Math.round(rung.bytes / 1000))} kB to load when you choose it.
      </figcaption>
    </figure>
  );
}

function Thumbnail({ picture }: { picture: Uint8Array | Float32Array | undefined }) {
  if (!picture) return <span className={styles.missing}>?</span>;
  return <PixelPicture pixels={greyPixels(picture)} label="" className={styles.thumbnail} />;
}

function errorOf(pixels: Float32Array, picture: Uint8Array | Float32Array): number {
  const values = picture instanceof Uint8Array ? Float32Array.from(picture, (byte) => byte / 255) : picture;
  return digitError(pixels, values).mse;
}
