/** What trains in a terminal what the form proposes. */
export const command = "npm run train -- --recipe fast --epochs 3 --images 6000";
