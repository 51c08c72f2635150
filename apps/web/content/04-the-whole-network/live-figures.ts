/** The figures of the chapter that run in the page: one script, since they share most of what they need. */
export { LiveStrip } from "./live-strip.tsx";
export { ShapeTrap } from "./shape-trap.tsx";
