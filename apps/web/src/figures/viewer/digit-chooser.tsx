"use client";
import { greyPixels, type PadPoint } from "@autoencoder/ui";
import { useCallback, useMemo, useRef, useState } from "react";
import type { DigitSource } from "../digits.ts";
import { toPixels } from "../encoding.ts";
import { DigitPicker } from "../live/digit-picker.tsx";
import { DrawingPad } from "../live/drawing-pad.tsx";
import type { LiveData } from "../live/live-data.ts";
import { nextOfClass } from "../live/next-of-class.ts";
import { PadRail, penWidths } from "../live/pad-rail.tsx";
import { useDrawing } from "../live/use-drawing.ts";
import type { useLiveDigit } from "../live/use-live-digit.ts";
import styles from "./viewer.module.css";

export interface DigitChooserProps {
  data: LiveData;
  live: ReturnType<typeof useLiveDigit>;
  pictures: () => Promise<Uint8Array>;
}

const drawn: DigitSource = { kind: "drawn" };

/** Which digit is looked into, and, unfolded, the means to take or to draw another; the viewer follows the pen. */
export function DigitChooser({ data, live, pictures }: DigitChooserProps) {
  const { digit, begin, show } = live;
  const [pen, setPen] = useState(1);
  const [failure, setFailure] = useState<string>();
  const onPixels = useCallback((pixels: Float32Array | undefined) => void (pixels && show(pixels, drawn)), [show]);
  const drawing = useDrawing(onPixels);
  const backdrop = useMemo(() => digit && greyPixels(digit.pixels, 28), [digit]);
  const source = digit?.source;
  const wanted = useRef(0);
  const take = async (sample: number) => {
    const turn = ++wanted.current;
    begin();
    drawing.forget();
    try {
      const pixels = toPixels((await pictures()).subarray(sample * 784, (sample + 1) * 784));
      if (turn !== wanted.current) return;
      const { index, label } = data.digits[sample] as LiveData["digits"][number];
      setFailure(undefined);
      await show(pixels, { kind: "test", sample, index, label });
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  const current = source?.kind === "test" ? source : undefined;
  return (
    <details className={`more ${styles.chooser}`}>
      <summary>
        {current ? `Test digit ${current.index}, a ${current.label}` : "The digit you drew"}: change it, or draw
      </summary>
      <div className={styles.chooserBody}>
        <div className={styles.padArea}>
          <DrawingPad
            strokes={drawing.strokes}
            backdrop={backdrop}
            penWidth={penWidths[pen] as number}
            onBegin={(point: PadPoint) => {
              wanted.current++;
              drawing.begin(point, penWidths[pen] as number);
            }}
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
            onNext={() => take(((current?.sample ?? data.first.sample) + 11) % data.digits.length)}
          />
        </div>
        <DigitPicker
          classes={data.classes}
          current={current?.label}
          onPick={(label) => take(nextOfClass(data.digits, label, current?.sample))}
        />
      </div>
      {failure && <p role="alert">{failure}</p>}
    </details>
  );
}
