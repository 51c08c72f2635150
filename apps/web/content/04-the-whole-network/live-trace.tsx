"use client";
import { useState } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { Trace } from "../../src/features/layers/trace.tsx";
import styles from "./live-trace.module.css";

/** One rebuilt pixel followed back to the code and the input, for the chapter's digit. */
export function LiveTrace() {
  const { live, layers } = useChapter();
  const [at, setAt] = useState({ row: 14, column: 14 });
  return (
    <div className={styles.trace}>
      <Trace
        client={live.client}
        layers={layers}
        digit={live.digit ?? live.recorded}
        row={at.row}
        column={at.column}
        onMove={(row, column) => setAt({ row, column })}
      />
    </div>
  );
}
