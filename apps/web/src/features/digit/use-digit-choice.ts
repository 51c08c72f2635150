import { floatsOf } from "@autoencoder/data";
import type { PadPoint, Pixels8 } from "@autoencoder/ui";
import { useCallback, useMemo, useRef, useState } from "react";
import { pictureAt } from "../../shared/pixels.ts";
import { type DigitOrigin, digitPicture } from "./digits.ts";
import { penWidths } from "./drawing.ts";
import type { LiveData } from "./live-data.ts";
import { useDrawing } from "./use-drawing.ts";
import type { LiveDigit } from "./use-live-digit.ts";

const drawn: DigitOrigin = { kind: "drawn" };
/** Steps through all samples, each time to another class: 11 and 100 have no common divisor. */
const stride = 11;

export interface DigitChoiceOptions {
  pictures: () => Promise<Uint8Array>;
  /** Whether an emptied pad leaves no digit; otherwise the last one stays. */
  mayBeEmpty: boolean;
}

/** The means to choose the digit of a page: drawing it, or taking a recorded one. Of two choices the later counts. */
export function useDigitChoice(
  data: LiveData,
  { digit, begin, show }: Pick<LiveDigit, "digit" | "begin" | "show">,
  { pictures, mayBeEmpty }: DigitChoiceOptions,
) {
  const [pen, setPen] = useState(1);
  const [problem, setProblem] = useState<string>();
  const onPixels = useCallback(
    (pixels: Float32Array | undefined) => {
      if (pixels || mayBeEmpty) void show(pixels, drawn);
    },
    [show, mayBeEmpty],
  );
  const drawing = useDrawing(onPixels);
  /** The digit that lay on the pad when drawing began: it stays visible, faintly, to draw over. */
  const [ghost, setGhost] = useState<Pixels8>();

  /** Counts the choices: pictures that come after a later one are dropped. */
  const choices = useRef(0);
  const take = async (sample: number) => {
    const choice = ++choices.current;
    begin();
    drawing.forget();
    setGhost(undefined);
    try {
      const pixels = floatsOf(pictureAt(await pictures(), sample));
      if (choice !== choices.current) return;
      const { index, label } = data.digits[sample] as LiveData["digits"][number];
      setProblem(undefined);
      await show(pixels, { kind: "test", sample, index, label });
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const current = digit?.origin.kind === "test" ? digit.origin : undefined;
  const startStroke = (point: PadPoint) => {
    choices.current++;
    if (drawing.strokes.length === 0) {
      begin(); // whoever waits for another digit's picture waits for it in vain
      setGhost(digit && digitPicture(digit.pixels));
    }
    drawing.begin(point, penWidths[pen] as number);
  };
  const backdrop = useMemo(() => digit && digitPicture(digit.pixels), [digit]);
  return {
    drawing,
    startStroke,
    backdrop: drawing.strokes.length === 0 ? backdrop : ghost,
    clear() {
      setGhost(undefined);
      drawing.clear();
    },
    pen,
    setPen,
    problem,
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
