"use client";
import { Fold } from "@autoencoder/ui";
import dynamic from "next/dynamic";
import { useState } from "react";
import styles from "./digit-chooser.module.css";
import type { LiveData } from "./live-data.ts";
import type { useLiveDigit } from "./use-live-digit.ts";

const DigitChooserBody = dynamic(() => import("./digit-chooser-body.tsx").then((file) => file.DigitChooserBody));

export interface DigitChooserProps {
  data: LiveData;
  live: ReturnType<typeof useLiveDigit>;
  pictures: () => Promise<Uint8Array>;
}

/** Which digit is looked into, and, unfolded, the means to take or to draw another; the page follows the pen. */
export function DigitChooser({ data, live, pictures }: DigitChooserProps) {
  const [opened, setOpened] = useState(false);
  const origin = live.digit?.origin;
  return (
    <Fold
      data-part="digit"
      summary={`${origin?.kind === "test" ? `Test digit ${origin.index}, a ${origin.label}` : "The digit you drew"}: change it, or draw`}
      className={styles.chooser}
      onToggle={() => setOpened(true)}
    >
      {opened && <DigitChooserBody data={data} live={live} pictures={pictures} />}
    </Fold>
  );
}
