/** The classes between which the walk opens, drawn by the server first. */
export const walkOpening = { from: 3, to: 8 } as const;
