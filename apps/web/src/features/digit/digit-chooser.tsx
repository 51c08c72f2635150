"use client";
import { Fold } from "@autoencoder/ui";
import dynamic from "next/dynamic";
import { useState } from "react";
import styles from "./digit-chooser.module.css";
import type { DigitChooserProps } from "./digit-chooser-body.tsx";

const DigitChooserBody = dynamic(() => import("./digit-chooser-body.tsx").then((file) => file.DigitChooserBody));

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
