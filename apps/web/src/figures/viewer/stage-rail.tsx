"use client";
import { printedShape, type Stage } from "@autoencoder/model";
import { useEffect, useRef } from "react";
import styles from "./viewer.module.css";

export interface StageRailProps {
  stages: readonly Stage[];
  current: string;
  onOpen: (name: string) => void;
}

/** The stages as chips that scroll sideways: the strip's place on a narrow screen. */
export function StageRail({ stages, current, onOpen }: StageRailProps) {
  const rail = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chip of a new stage comes to the middle
  useEffect(() => {
    const chip = rail.current?.querySelector<HTMLElement>("[aria-current]");
    if (chip && rail.current)
      rail.current.scrollLeft = chip.offsetLeft - (rail.current.clientWidth - chip.offsetWidth) / 2;
  }, [current]);
  return (
    <nav ref={rail} className={styles.rail} aria-label="Layers">
      {stages.map((stage) => (
        <button
          key={stage.name}
          type="button"
          data-part={stage.part}
          aria-current={stage.name === current ? "true" : undefined}
          aria-label={`${stage.name}, ${printedShape(stage.shape)}`}
          onClick={() => onOpen(stage.name)}
        >
          <b>{chipName(stages, stage)}</b>
          <small className="number">{stage.shape.join("×")}</small>
        </button>
      ))}
    </nav>
  );
}

/** `in`, `c1`, `p1`, … `64`, `d`, `u1`: the kind and its count. */
function chipName(stages: readonly Stage[], stage: Stage): string {
  const letters = { Conv2D: "c", MaxPooling2D: "p", UpSampling2D: "u", Dense: "d" } as const;
  const { className } = stage.facts.layer;
  if (stage.part === "code") return String(stage.values);
  if (className === "InputLayer") return "in";
  const same = stages.filter(({ facts, part }) => facts.layer.className === className && part !== "code");
  const letter = letters[className as keyof typeof letters] ?? className;
  return same.length === 1 ? letter : `${letter}${same.indexOf(stage) + 1}`;
}
