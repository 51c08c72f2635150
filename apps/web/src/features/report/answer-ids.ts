/** The parts of a report that only its author can write. */
export const answerIds = ["loss-curve", "reconstructions", "bottleneck", "labels", "conclusion"] as const;
export type AnswerId = (typeof answerIds)[number];
