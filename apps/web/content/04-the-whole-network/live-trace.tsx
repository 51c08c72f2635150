"use client";
import { useMemo, useState } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { LastSum } from "../../src/features/layers/last-sum.tsx";
import { Trace } from "../../src/features/layers/trace.tsx";
import { pictureSide } from "../../src/shared/pixels.ts";
import styles from "./live-trace.module.css";

/** One rebuilt pixel followed back to the code and the input, and how its last sum becomes a grey; for the chapter's digit. */
export function LiveTrace() {
  const { live, layers } = useChapter();
  const digit = live.digit ?? live.recorded;
  const [chosen, setChosen] = useState<{ row: number; column: number }>();
  const at = useMemo(() => chosen ?? strokeAt(digit.reconstruction), [chosen, digit]);
  return (
    <div className={`wide ${styles.trace}`}>
      <Trace
        client={live.client}
        layers={layers}
        digit={digit}
        row={at.row}
        column={at.column}
        onMove={(row, column) => setChosen({ row, column })}
      />
      <p>
        Read in the direction that the network computes, the way ends with one sum. It can be any number, and a grey
        lies between 0 and 1. The last activation, the <i>sigmoid</i>, makes one of the other.
      </p>
      <LastSum client={live.client} layers={layers} digit={digit} row={at.row} column={at.column} />
    </div>
  );
}

/** The brightest pixel of a rebuilt digit: a place on its stroke. */
function strokeAt(picture: Float32Array): { row: number; column: number } {
  const brightest = picture.indexOf(Math.max(...picture));
  return { row: Math.floor(brightest / pictureSide), column: brightest % pictureSide };
}
