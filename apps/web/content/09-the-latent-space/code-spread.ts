/** How the codes of the test digits are spread; arrays are float32 in base64. */
export interface CodeSpread {
  mean: string;
  deviation: string;
  /** 1st and 99th percentile of each value. */
  low: string;
  high: string;
  /** [width × width]: the lower triangle whose square is the covariance. */
  lower: string;
}
