"use client";
import { Slider, Toggle } from "@autoencoder/ui";
import { useState } from "react";
import styles from "./home.module.css";
import type { PulledDigit } from "./use-pulled-code.ts";

/** A test digit's code to move to. */
export interface Destination {
  label: number;
  /** [latent] */
  latent: Float32Array;
}

export interface TowardsProps {
  destinations: readonly Destination[];
  /** The class of the digit that is shown, which is no place to go to first. */
  own: number | undefined;
  pulled: PulledDigit;
  /** Whether there is a network to paint with, and a digit. */
  ready: boolean;
}

/** Moves all numbers of the code together, to the code of another digit. */
export function Towards({ destinations, own, pulled, ready }: TowardsProps) {
  const [chosen, setChosen] = useState<number>();
  const label = pulled.towards?.label ?? chosen ?? (own === undefined ? 0 : (own + 1) % 10);
  const part = pulled.towards?.part ?? 0;
  const destination = destinations.find((one) => one.label === label);
  const percent = Math.round(part * 100);
  return (
    <div className={styles.towards} data-part="towards">
      <Slider
        label={
          <>
            Or move all {destination?.latent.length} together, towards a <b>{label}</b>:{" "}
            <span className="number">{percent} %</span>
          </>
        }
        min={0}
        max={1}
        step={0.01}
        value={part}
        disabled={!ready}
        aria-valuetext={`${percent} % of the way to a ${label}`}
        onChoose={(to) => destination && pulled.goTowards(destination, to)}
      />
      <Toggle
        label="The digit to move towards"
        className={styles.digits}
        options={destinations.map((one) => one.label)}
        value={label}
        onChoose={(to) => {
          setChosen(to);
          const other = destinations.find((one) => one.label === to);
          if (other && part > 0) pulled.goTowards(other, part);
        }}
      />
    </div>
  );
}
