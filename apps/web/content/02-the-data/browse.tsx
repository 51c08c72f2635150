"use client";
import { greyPixels, MapPicture, PixelPicture } from "@autoencoder/ui";
import { useEffect, useMemo, useRef, useState } from "react";
import { decodeBytes } from "../../src/features/digit/encoding.ts";
import { askServer } from "../../src/shared/ask-server.ts";
import { useInAddress } from "../../src/shared/in-address.ts";
import { pixelFloats } from "../../src/shared/pixels.ts";
import { browseOpening } from "./browse-opening.ts";

interface Page {
  count: number;
  perPage: number;
  indices: number[];
  mse: number[];
  pixels: string;
}

/** The 10,000 test digits by class and by how well this run rebuilds them, and any of them pixel by pixel. */
export function Browse({ run, first }: { run: string; first: Page }) {
  const [label, setLabel] = useInAddress<number>("class", browseOpening.label, [...Array(10).keys()]);
  const [order, setOrder] = useInAddress<"best" | "worst">("order", browseOpening.order, ["best", "worst"]);
  const [page, setPage] = useState<number>(browseOpening.page);
  const [found, setFound] = useState(first);
  const opening = useRef(true);
  const [problem, setProblem] = useState<string>();
  const [chosen, setChosen] = useState(0);
  const [at, setAt] = useState({ row: 14, column: 14 });
  useEffect(() => {
    if (opening.current) {
      opening.current = false; // the server has sent this page
      return;
    }
    let wanted = true;
    askServer<Page>("runs.testDigits", { name: run, label, order, page })
      .then((answer) => {
        if (!wanted) return;
        setFound(answer);
        setProblem(undefined);
      })
      .catch((error: Error) => wanted && setProblem(error.message));
    return () => {
      wanted = false;
    };
  }, [run, label, order, page]);
  const bytes = useMemo(() => decodeBytes(found.pixels), [found]);
  const picture = (place: number) => bytes.subarray(place * 784, (place + 1) * 784);
  const own = picture(Math.min(chosen, found.indices.length - 1));
  const pages = Math.ceil(found.count / found.perPage);
  return (
    <figure className="wide browse">
      <fieldset className="segmented" aria-label="Which digit">
        {Array.from({ length: 10 }, (_, digit) => (
          <button
            key={digit}
            type="button"
            aria-pressed={digit === label}
            onClick={() => {
              setLabel(digit);
              setPage(0);
            }}
          >
            {digit}
          </button>
        ))}
      </fieldset>{" "}
      <fieldset className="segmented" aria-label="In which order">
        {(["worst", "best"] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === order}
            onClick={() => {
              setOrder(name);
              setPage(0);
            }}
          >
            {name} rebuilt first
          </button>
        ))}
      </fieldset>
      {problem && <p role="alert">The test digits did not load: {problem}</p>}
      <ul>
        {found.indices.map((index, place) => (
          <li key={index}>
            <button type="button" aria-pressed={place === chosen} onClick={() => setChosen(place)}>
              <PixelPicture pixels={greyPixels(pixelFloats(picture(place)), 28)} label={`test digit ${index}`} />
              <span className="number">{found.mse[place]?.toFixed(4)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="browse-pages">
        <button type="button" className="plain" disabled={page === 0} onClick={() => setPage(page - 1)}>
          before
        </button>{" "}
        page {page + 1} of {pages}{" "}
        <button type="button" className="plain" disabled={page + 1 >= pages} onClick={() => setPage(page + 1)}>
          next
        </button>
      </p>
      <div className="browse-inspect">
        <MapPicture
          pixels={greyPixels(pixelFloats(own), 28)}
          label={`Test digit ${found.indices[chosen]}`}
          value={`${own[at.row * 28 + at.column]} of 255`}
          row={at.row}
          column={at.column}
          onMove={(row, column) => setAt({ row, column })}
        />
        <div>
          <p aria-live="polite" data-part="pixel">
            row {at.row}, column {at.column}: <b className="number">{own[at.row * 28 + at.column]}</b> of 255, for the
            network <span className="number">{((own[at.row * 28 + at.column] as number) / 255).toFixed(4)}</span>
          </p>
          <Around pixels={own} at={at} />
        </div>
      </div>
      <figcaption>Below each digit the mean squared error of its reconstruction by this run.</figcaption>
    </figure>
  );
}

/** The bytes around a pixel, as the file has them. */
function Around({ pixels, at }: { pixels: Uint8Array; at: { row: number; column: number } }) {
  const shown = 7;
  const start = (middle: number) => Math.max(0, Math.min(28 - shown, middle - (shown - 1) / 2));
  const [top, left] = [start(at.row), start(at.column)];
  const offsets = Array.from({ length: shown }, (_, offset) => offset);
  return (
    <table className="around">
      <caption>
        Rows {top} to {top + shown - 1}, columns {left} to {left + shown - 1}
      </caption>
      <tbody>
        {offsets.map((row) => (
          <tr key={row}>
            {offsets.map((column) => {
              const byte = pixels[(top + row) * 28 + left + column] as number;
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
