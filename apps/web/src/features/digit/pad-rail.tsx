"use client";
import type { ReactNode } from "react";
import styles from "../home/home.module.css";

/** Widths of the pen in pixels of the 28 × 28 picture; MNIST's own strokes are about as wide as the middle one. */
export const penWidths = [1.6, 2.4, 3.4] as const;
const penNames = ["thin", "medium", "thick"] as const;

export interface PadRailProps {
  pen: number;
  empty: boolean;
  onPen: (pen: number) => void;
  onUndo: () => void;
  onClear: () => void;
  onNext: () => void;
}

/** Beside the pad on a phone, under it elsewhere: pen, undo, clear, next test digit. */
export function PadRail({ pen, empty, onPen, onUndo, onClear, onNext }: PadRailProps) {
  return (
    <fieldset className={styles.rail} aria-label="Tools of the pad">
      <RailButton
        name="pen"
        label={`Pen: ${penNames[pen]}; change its width`}
        onClick={() => onPen((pen + 1) % penWidths.length)}
      >
        <path d="M5 19L19 5" strokeWidth={(penWidths[pen] ?? 2) * 1.6} />
      </RailButton>
      <RailButton name="undo" label="Undo the last stroke" disabled={empty} onClick={onUndo}>
        <path d="M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10H9" />
      </RailButton>
      <RailButton name="clear" label="Clear the pad" onClick={onClear}>
        <path d="M6 6l12 12M18 6L6 18" />
      </RailButton>
      <RailButton name="next" label="Next test digit" onClick={onNext}>
        <path d="M5 12h13M13 6l6 6-6 6" />
      </RailButton>
    </fieldset>
  );
}

interface RailButtonProps {
  name: string;
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function RailButton({ name, label, disabled = false, onClick, children }: RailButtonProps) {
  return (
    <button
      type="button"
      className={styles.railButton}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        {children}
      </svg>
      <span aria-hidden="true">{name}</span>
    </button>
  );
}
