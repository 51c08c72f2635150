"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { LiveData } from "../digit/live-data.ts";
import type { useLiveDigit } from "../digit/use-live-digit.ts";
import styles from "./viewer.module.css";

const ChooserBody = dynamic(() => import("./chooser-body.tsx").then((file) => file.ChooserBody));

export interface DigitChooserProps {
  data: LiveData;
  live: ReturnType<typeof useLiveDigit>;
  pictures: () => Promise<Uint8Array>;
}

/** Which digit is looked into, and, unfolded, the means to take or to draw another; the page follows the pen. */
export function DigitChooser({ data, live, pictures }: DigitChooserProps) {
  const [opened, setOpened] = useState(false);
  const source = live.digit?.source;
  return (
    <details className={`more ${styles.chooser}`} data-part="digit" onToggle={() => setOpened(true)}>
      <summary>
        {source?.kind === "test" ? `Test digit ${source.index}, a ${source.label}` : "The digit you drew"}: change it,
        or draw
      </summary>
      {opened && <ChooserBody data={data} live={live} pictures={pictures} />}
    </details>
  );
}
