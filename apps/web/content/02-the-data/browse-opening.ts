/** What the browser of test digits opens on, drawn by the server first. */
export const browseOpening = { label: 0, order: "worst", page: 0 } as const;
