/** What one request to the API may carry; the page's link keeps to it and the route refuses more. */
export const requestLimits = {
  /** Questions in one batch. */
  maxItems: 8,
  /** Characters of an address; a code of 1024 numbers with 5 decimals is longer and goes as a request of its own. */
  maxURLLength: 8000,
} as const;
