"use client";
import {
  digitError,
  exponential,
  fixed,
  MapPicture,
  SignedLegend,
  signed,
  signedDifference,
  signedPixels,
  Table,
} from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import styles from "./pixel-error.module.css";

/** What the loss sees of one pixel: how wrong it is, its part of the error, and where the error wants it. */
export function PixelError() {
  const { live } = useChapter();
  const { pixels, reconstruction } = live.digit ?? live.recorded;
  const side = Math.sqrt(pixels.length);
  const { difference, greatest } = useMemo(() => signedDifference(pixels, reconstruction), [pixels, reconstruction]);
  const [at, setAt] = useState<{ row: number; column: number }>();
  const largest = difference.reduce(
    (best, value, index) => (Math.abs(value) > Math.abs(difference[best] as number) ? index : best),
    0,
  );
  const { row, column } = at ?? { row: Math.floor(largest / side), column: largest % side };
  const index = row * side + column;
  const [x, y, d] = [pixels, reconstruction, difference].map((values) => values[index] as number) as [
    number,
    number,
    number,
  ];
  const { mse } = digitError(pixels, reconstruction);
  return (
    <figure className={`wide ${styles.figure}`} data-testid="pixel-error">
      <MapPicture
        pixels={signedPixels(difference, side, greatest)}
        label="Rebuilt minus seen"
        value={signed(d, 4)}
        row={row}
        column={column}
        onMove={(row, column) => setAt({ row, column })}
        onHover={(place) => place && setAt(place)}
        pans
      />
      <div>
        <Table
          caption={
            <>
              row {row}, column {column}
            </>
          }
        >
          <tbody>
            {(
              [
                ["seen, x", fixed(x, 4)],
                ["rebuilt, ŷ", fixed(y, 4)],
                ["difference, ŷ − x", signed(d, 4)],
                [`its part of the error, (ŷ − x)² / ${pixels.length}`, exponential(d ** 2 / pixels.length, 2)],
                [`gradient of the error, 2(ŷ − x) / ${pixels.length}`, exponential((2 * d) / pixels.length, 2)],
                ["the error, the sum of all parts", fixed(mse, 5)],
              ] as const
            ).map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="numeric">{value}</td>
              </tr>
            ))}
          </tbody>
        </Table>
        <p className="note">
          Teal: rebuilt too bright, the gradient is above 0 and says <i>darker</i>. Vermilion: too dark.
          <span className={styles.legend}>
            <SignedLegend range={greatest} />
          </span>
        </p>
      </div>
    </figure>
  );
}
