import { type RefObject, useEffect, useRef } from "react";

/** A digit's last change and the pulse lie so far apart: a lifted pen is followed by the centred digit. */
const settling = 120;
/** Milliseconds that the pulse takes through all blocks, and that each of them takes of it. */
const through = 600;
const each = 180;

/**
 * A pulse that runs through the strip's blocks when another digit is there: on lifting the pen or choosing a test digit, never
 * during a stroke, never by itself, and not for who prefers reduced motion.
 * @param blocks an element whose children are the strip's blocks
 * @param digit its pixels; undefined while there is none
 */
export function usePulse(blocks: RefObject<HTMLElement | null>, digit: Float32Array | undefined): void {
  const before = useRef(digit);
  const isDown = usePointerDown();
  useEffect(() => {
    const old = before.current;
    if (digit) before.current = digit;
    if (!digit || !old || !differ(old, digit)) return;
    if (!navigator.userActivation?.hasBeenActive) return; // a digit that was brought along
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = () => {
      timer = setTimeout(() => run(blocks.current), settling);
    };
    if (isDown.current) addEventListener("pointerup", begin, { once: true });
    else begin();
    return () => {
      clearTimeout(timer);
      removeEventListener("pointerup", begin);
    };
  }, [blocks, digit, isDown]);
}

function run(blocks: HTMLElement | null): void {
  if (!blocks || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const step = (through - each) / Math.max(1, blocks.children.length - 1);
  [...blocks.children].forEach((block, at) => {
    const frames = [
      { transform: "none", filter: "none" },
      { transform: "translateY(-5px)", filter: "brightness(1.3)" },
      { transform: "none", filter: "none" },
    ];
    block.animate(frames, { duration: each, delay: at * step, easing: "ease-in-out" });
  });
}

/** Whether a pen, a finger or a mouse button is down anywhere. */
function usePointerDown() {
  const down = useRef(false);
  useEffect(() => {
    const press = (event: PointerEvent) => {
      down.current = event.type === "pointerdown";
    };
    const kinds = ["pointerdown", "pointerup", "pointercancel"] as const;
    for (const kind of kinds) addEventListener(kind, press, true);
    return () => {
      for (const kind of kinds) removeEventListener(kind, press, true);
    };
  }, []);
  return down;
}

function differ(a: Float32Array, b: Float32Array): boolean {
  return a.length !== b.length || a.some((value, at) => value !== b[at]);
}
