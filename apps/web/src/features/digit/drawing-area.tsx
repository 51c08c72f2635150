"use client";
import { Button } from "@autoencoder/ui";
import type { ReactNode } from "react";
import styles from "./drawing.module.css";
import { penWidths } from "./drawing.ts";
import { DrawingPad } from "./drawing-pad.tsx";
import type { DigitChoice } from "./use-digit-choice.ts";

const penNames = ["thin", "medium", "thick"] as const;

/** The pad and its tools, side by side or one under the other as the page lays them out. */
export function DrawingArea({ choice }: { choice: DigitChoice }) {
  const { drawing, startStroke, backdrop, clear, pen, setPen, next } = choice;
  return (
    <>
      <DrawingPad
        strokes={drawing.strokes}
        backdrop={backdrop}
        penWidth={penWidths[pen] as number}
        onBegin={startStroke}
        onMove={drawing.extend}
        onEnd={drawing.end}
        onUndo={drawing.undo}
      />
      <PadTools
        pen={pen}
        empty={drawing.strokes.length === 0}
        onPen={setPen}
        onUndo={drawing.undo}
        onClear={clear}
        onNext={next}
      />
    </>
  );
}

interface PadToolsProps {
  pen: number;
  empty: boolean;
  onPen: (pen: number) => void;
  onUndo: () => void;
  onClear: () => void;
  onNext: () => void;
}

/** Beside the pad on a phone, under it elsewhere: pen, undo, clear, next test digit. */
function PadTools({ pen, empty, onPen, onUndo, onClear, onNext }: PadToolsProps) {
  return (
    <fieldset className={styles.rail} aria-label="Tools of the pad">
      <ToolButton
        name="pen"
        label={`Pen: ${penNames[pen]}; change its width`}
        onClick={() => onPen((pen + 1) % penWidths.length)}
      >
        <path d="M5 19L19 5" strokeWidth={(penWidths[pen] ?? 2) * 1.6} />
      </ToolButton>
      <ToolButton name="undo" label="Undo the last stroke" disabled={empty} onClick={onUndo}>
        <path d="M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10H9" />
      </ToolButton>
      <ToolButton name="clear" label="Clear the pad" onClick={onClear}>
        <path d="M6 6l12 12M18 6L6 18" />
      </ToolButton>
      <ToolButton name="next" label="Next test digit" onClick={onNext}>
        <path d="M5 12h13M13 6l6 6-6 6" />
      </ToolButton>
    </fieldset>
  );
}

interface ToolButtonProps {
  name: string;
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function ToolButton({ name, label, disabled = false, onClick, children }: ToolButtonProps) {
  return (
    <Button quiet className={styles.railButton} aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        {children}
      </svg>
      <span aria-hidden="true">{name}</span>
    </Button>
  );
}
