"use client";
import { fixed } from "@autoencoder/ui";
import type { ReactNode } from "react";
import type { Result } from "../../shared/result.ts";
import type { LiveState } from "../digit/use-live-digit.ts";
import type { Verification } from "../digit/use-verification.ts";
import styles from "./home.module.css";

export interface LiveLineProps {
  state: LiveState["kind"];
  /** What the last digit took in the worker. */
  milliseconds: number | undefined;
  /** The measured differences, or why they could not be measured. */
  verification: Result<Verification> | undefined;
  /** Which run this is, with its disclosure. */
  children: ReactNode;
}

/** Which network this is, whether it computes here, and how far it is from the trainer's own figures. */
export function LiveLine({ state, milliseconds, verification, children }: LiveLineProps) {
  const took = state === "live" && milliseconds !== undefined ? ` (${fixed(milliseconds, 1)} ms for this digit)` : "";
  return (
    <p className={styles.liveLine} data-state={state}>
      {children}{" "}
      <span data-part="live-line" data-timed={took !== ""}>
        {stateText[state]}
        {took}. {verificationText(verification)}
      </span>
    </p>
  );
}

const stateText: Record<LiveState["kind"], string> = {
  loading: "The network is loading; the pictures are the trainer’s own",
  live: "The network computes in this page",
  failed: "The network does not compute here",
};

function verificationText(verification: Result<Verification> | undefined): string {
  if (verification === undefined) return "Page and trainer: not compared yet.";
  if (!verification.ok) return `Page and trainer could not be compared: ${verification.problem.sentence}`;
  const { count, pixel, latent } = verification.value;
  return (
    `Page and trainer differ by at most ${fixed(pixel)} in a pixel and ${fixed(latent)} in a code value, ` +
    `over ${count} recorded digits.`
  );
}
