"use client";
import { Button, fixed, greyPixels, MapPicture, PixelPicture, Toggle } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { decodeBytes } from "../../src/features/digit/encoding.ts";
import { fetchTestDigits } from "../../src/shared/fetch-numbers.ts";
import { useInAddress } from "../../src/shared/in-address.ts";
import { pictureSide } from "../../src/shared/pixels.ts";
import { attempt, sentenceOf } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import { askServer, type PageAnswers } from "../../src/trpc/ask.ts";
import styles from "./browse.module.css";
import { browseOpening } from "./browse-opening.ts";

type Page = PageAnswers["testDigits"];

export interface LiveBrowseProps {
  run: string;
  /** The page that it opens on, with its digits' pixels: 784 bytes each, in base64. */
  first: Page & { pictures: readonly string[] };
}

/** The 10,000 test digits by class and by how well this run rebuilds them, and any of them pixel by pixel. */
export function LiveBrowse({ run, first }: LiveBrowseProps) {
  const [label, setLabel] = useInAddress<number>("class", browseOpening.label, [...Array(10).keys()]);
  const [order, setOrder] = useInAddress<"best" | "worst">("order", browseOpening.order, ["best", "worst"]);
  const [page, setPage] = useState<number>(browseOpening.page);
  const { found, problem } = useDigits(first, { run, label, order, page });
  const [chosen, setChosen] = useState(0);
  const { pictures } = found;
  const digits = found.indices.map((index, at) => ({ index, mse: found.mse[at] as number }));
  const shown = Math.min(chosen, digits.length - 1); // another page may have fewer digits
  const pages = Math.ceil(found.count / found.perPage);
  return (
    <figure className={`wide ${styles.browse}`} data-testid="browse">
      <Toggle
        label="Which digit"
        options={[...Array(10).keys()]}
        value={label}
        onChoose={(digit) => {
          setLabel(digit);
          setPage(0);
        }}
        className={`${styles.toggle} ${styles.digits}`}
      />{" "}
      <Toggle
        label="In which order"
        options={["worst", "best"] as const}
        value={order}
        onChoose={(name) => {
          setOrder(name);
          setPage(0);
        }}
        name={(name) => `${name} rebuilt first`}
        className={styles.toggle}
      />
      {problem && <p role="alert">The test digits did not load: {problem}</p>}
      <ul>
        {digits.map(({ index, mse }, place) => (
          // The place is the key: the focus stays where it is when other digits come.
          <li key={place}>
            <button type="button" aria-pressed={place === shown} onClick={() => setChosen(place)}>
              <PixelPicture pixels={greyPixels(pictures[place] as Uint8Array)} label={`test digit ${index}`} />
              <span className="number">{fixed(mse)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="note">Below each digit the mean squared error of its reconstruction by this run.</p>
      <p className={styles.pages}>
        <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
          before
        </Button>{" "}
        page {page + 1} of {pages}{" "}
        <Button disabled={page + 1 >= pages} onClick={() => setPage(page + 1)}>
          next
        </Button>
      </p>
      <PixelByPixel pixels={pictures[shown] as Uint8Array} label={`Test digit ${digits[shown]?.index}`} />
    </figure>
  );
}

interface Asked {
  run: string;
  label: number;
  order: "best" | "worst";
  page: number;
}

/** The page of test digits that is asked for; the last one while it loads, and where it does not. */
function useDigits(first: LiveBrowseProps["first"], { run, label, order, page }: Asked) {
  const opening = useMemo(() => ({ ...first, pictures: first.pictures.map(decodeBytes) }), [first]);
  const isOpening = label === browseOpening.label && order === browseOpening.order && page === browseOpening.page;
  const ask = useMemo(() => {
    if (isOpening) return undefined; // the server has sent it
    return () =>
      attempt(async () => {
        const answer = await askServer((api) => api.testDigits.query({ name: run, label, order, page }));
        return { ...answer, pictures: await fetchTestDigits(answer.indices) };
      });
  }, [isOpening, run, label, order, page]);
  const { value, result } = useAsk(ask);
  return isOpening ? { found: opening, problem: undefined } : { found: value ?? opening, problem: sentenceOf(result) };
}

/** A digit enlarged, one of its pixels as a number, and the numbers around it. */
function PixelByPixel({ pixels, label }: { pixels: Uint8Array; label: string }) {
  const [at, setAt] = useState({ row: 14, column: 14 });
  const byte = pixels[at.row * pictureSide + at.column] as number;
  return (
    <div className={styles.chosen}>
      <MapPicture
        pixels={greyPixels(pixels)}
        label={label}
        value={`${byte} of 255`}
        row={at.row}
        column={at.column}
        onMove={(row, column) => setAt({ row, column })}
        onHover={(place) => place && setAt(place)}
        pans
      />
      <div>
        <p aria-live="polite" data-part="pixel">
          row {at.row}, column {at.column}: <b className="number">{byte}</b> of 255, for the network{" "}
          <span className="number">{fixed(byte / 255)}</span>
        </p>
        <Around pixels={pixels} at={at} />
      </div>
    </div>
  );
}

/** The bytes around a pixel, as the file has them. */
function Around({ pixels, at }: { pixels: Uint8Array; at: { row: number; column: number } }) {
  const shown = 7;
  const start = (middle: number) => Math.max(0, Math.min(pictureSide - shown, middle - (shown - 1) / 2));
  const [top, left] = [start(at.row), start(at.column)];
  const offsets = Array.from({ length: shown }, (_, offset) => offset);
  return (
    <table className={styles.around} data-testid="around">
      <caption>
        Rows {top} to {top + shown - 1}, columns {left} to {left + shown - 1}
      </caption>
      <tbody>
        {offsets.map((row) => (
          <tr key={row}>
            {offsets.map((column) => {
              const byte = pixels[(top + row) * pictureSide + left + column] as number;
              return (
                <td
                  key={column}
                  data-chosen={top + row === at.row && left + column === at.column}
                  style={{ background: `rgb(${byte} ${byte} ${byte})`, color: byte > 117 ? "#000" : "#fff" }}
                >
                  {byte}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
