/** The figures of the chapter that run in the page: one script, since they share most of what they need. */
export { Disturb } from "./disturb.tsx";
export { LiveErrorStrip } from "./live-error-strip.tsx";
export { TwoStrokes } from "./two-strokes.tsx";
