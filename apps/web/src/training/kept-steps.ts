/** Frames for each doubling of the steps after the 128th. */
const framesADoubling = 8;

/** Whether the figures keep this step: every one of the first 128, and log-spaced ones after. */
export function isFrameStep(step: number): boolean {
  if (step <= 128) return true;
  const nearest = Math.round(framesADoubling * Math.log2(step / 128));
  return Math.round(128 * 2 ** (nearest / framesADoubling)) === step;
}

/** Whether the whole state of a step is kept, to go on from there: 0, 8, 32, 128, 512 … */
export function isStateStep(step: number): boolean {
  return step === 0 || (step >= 8 && Number.isInteger(Math.log2(step / 8) / 2));
}

/** The last step whose state is kept, at a step. */
export function lastStateStep(step: number): number {
  return step < 8 ? 0 : 8 * 4 ** Math.floor(Math.log2(step / 8) / 2);
}

/** States that are kept at a time: 5.8 MB each with a code of 64. */
export const mostStates = 8;
