"use client";
import { DrawingPad } from "./drawing-pad.tsx";
import { PadRail, penWidths } from "./pad-rail.tsx";
import type { DigitChoice } from "./use-digit-choice.ts";

/** The pad and its tools, side by side or one under the other as the page lays them out. */
export function Hand({ choice }: { choice: DigitChoice }) {
  const { drawing, startStroke, backdrop, pen, setPen, next } = choice;
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
      <PadRail
        pen={pen}
        empty={drawing.strokes.length === 0}
        onPen={setPen}
        onUndo={drawing.undo}
        onClear={drawing.clear}
        onNext={next}
      />
    </>
  );
}
