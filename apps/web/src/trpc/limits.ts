/** What one request to the API may carry: the page's link keeps to it, and the route refuses more questions. */
export const requestLimits = {
  /** Questions in one batch. */
  maxItems: 8,
  /** Characters of an address: room for a latent vector of 1024 numbers, and below the 16 kB that Node takes of a request's head. */
  maxURLLength: 14_000,
} as const;

/** Bytes of JSON that one request may be answered with; the page's largest batch takes 7 kB. */
export const maxAnswerBytes = 256 * 1024;
