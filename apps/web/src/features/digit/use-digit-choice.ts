import { greyPixels, type PadPoint } from "@autoencoder/ui";
import { useCallback, useMemo, useRef, useState } from "react";
import { pictureAt, pixelFloats } from "../../shared/pixels.ts";
import type { DigitSource } from "./digits.ts";
import type { LiveData } from "./live-data.ts";
import { penWidths } from "./pad-rail.tsx";
import { useDrawing } from "./use-drawing.ts";
import type { useLiveDigit } from "./use-live-digit.ts";

const drawn: DigitSource = { kind: "drawn" };
const side = 28;
/** Steps through all samples, each time to another class: 11 and 100 have no common divisor. */
const stride = 11;

export interface DigitChoiceOptions {
  pictures: () => Promise<Uint8Array>;
  /** Whether an emptied pad leaves no digit; otherwise the last one stays. */
  mayBeEmpty: boolean;
}

/** The means to choose the digit of a page: drawing it, or taking a recorded one. The newest wish wins. */
export function useDigitChoice(
  data: LiveData,
  { digit, begin, show }: Pick<ReturnType<typeof useLiveDigit>, "digit" | "begin" | "show">,
  { pictures, mayBeEmpty }: DigitChoiceOptions,
) {
  const [pen, setPen] = useState(1);
  const [failure, setFailure] = useState<string>();
  const onPixels = useCallback(
    (pixels: Float32Array | undefined) => {
      if (pixels || mayBeEmpty) void show(pixels, drawn);
    },
    [show, mayBeEmpty],
  );
  const drawing = useDrawing(onPixels);

  /** Rises with every digit that is taken or drawn: what was wanted before its pictures came is no longer wanted. */
  const wanted = useRef(0);
  const take = async (sample: number) => {
    const turn = ++wanted.current;
    begin();
    drawing.forget();
    try {
      const pixels = pixelFloats(pictureAt(await pictures(), sample));
      if (turn !== wanted.current) return;
      const { index, label } = data.digits[sample] as LiveData["digits"][number];
      setFailure(undefined);
      await show(pixels, { kind: "test", sample, index, label });
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  const current = digit?.source.kind === "test" ? digit.source : undefined;
  const startStroke = (point: PadPoint) => {
    wanted.current++;
    drawing.begin(point, penWidths[pen] as number);
  };
  const backdrop = useMemo(() => digit && greyPixels(digit.pixels, side), [digit]);
  return {
    drawing,
    startStroke,
    backdrop,
    pen,
    setPen,
    failure,
    /** The recorded sample that is shown, if one is. */
    current,
    next: () => take(((current?.sample ?? data.first.sample) + stride) % data.digits.length),
    pick: (label: number) => take(nextOfClass(data.digits, label, current?.sample)),
  };
}

export type DigitChoice = ReturnType<typeof useDigitChoice>;

/** The next recorded sample of a class, after the current one where it is of that class. */
function nextOfClass(digits: LiveData["digits"], label: number, current: number | undefined): number {
  const ofClass = digits.flatMap((digit, sample) => (digit.label === label ? [sample] : []));
  const at = current === undefined ? -1 : ofClass.indexOf(current);
  return ofClass[(at + 1) % ofClass.length] ?? 0;
}
