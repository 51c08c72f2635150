/** The figures of the chapter that run in the page: one script, since they share most of what they need. */

export { LadderTable } from "../../src/features/stuck/ladder-table.tsx";
export { AdamFigure } from "./adam-figure.tsx";
export { LiveOneKnob } from "./live-one-knob.tsx";
export { LiveTimeMachine } from "./live-time-machine.tsx";
export { PixelError } from "./pixel-error.tsx";
