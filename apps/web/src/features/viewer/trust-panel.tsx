"use client";
import { fixed } from "@autoencoder/ui";
import type { ReactNode } from "react";
import { type Result, sentenceOf } from "../../shared/result.ts";
import type { LiveState } from "../digit/use-live-digit.ts";
import type { Verification } from "../digit/use-verification.ts";
import styles from "./trust-panel.module.css";

/** Beyond this the page's pictures are not the trainer's: float16 weights stay well below it. */
const greatestTrusted = 0.005;

export interface TrustPanelProps {
  state: LiveState["kind"];
  verification: Result<Verification> | undefined;
  /** The run's details: rows of a definition list. */
  children: ReactNode;
}

/** Why to believe these numbers: the run, and how far this page's own results are from those that the trainer recorded. */
export function TrustPanel({ state, verification, children }: TrustPanelProps) {
  const measured = verification?.ok ? verification.value : undefined;
  const far = measured !== undefined && measured.pixel > greatestTrusted;
  return (
    <section className={styles.trust} aria-label="Why to trust these numbers">
      <h2>Why to trust these numbers</h2>
      {far && (
        <p className="notice" role="alert">
          This page’s pictures differ from the trainer’s by up to {fixed(measured.pixel)}, more than the{" "}
          {greatestTrusted} that float16 weights explain. Do not rely on the numbers here; try another browser.
        </p>
      )}
      <dl>
        {children}
        <div>
          <dt>backend of this page</dt>
          <dd>{state === "live" ? "tfjs, WebAssembly with SIMD, one thread, float16 weights" : stateText[state]}</dd>
        </div>
        <div>
          <dt>greatest difference from the trainer</dt>
          <dd data-part="difference">
            {measured
              ? `${fixed(measured.pixel, 5)} in a pixel, ${fixed(measured.latent, 5)} in a code value, over ${measured.count} recorded digits`
              : (sentenceOf(verification) ?? "not compared yet")}
          </dd>
        </div>
      </dl>
    </section>
  );
}

const stateText = { loading: "loading", failed: "none: the network does not compute here", live: "" } as const;
