/** The figures of the chapter that run in the page: one script, since they share most of what they need. */
export { LiveKeypad } from "./live-keypad.tsx";
export { LiveLatentMap } from "./live-latent-map.tsx";
export { LivePlaneOfTwo } from "./live-plane-of-two.tsx";
export { LiveSamplers } from "./live-samplers.tsx";
export { LiveWalk } from "./live-walk.tsx";
export { RotateCode } from "./rotate-code.tsx";
