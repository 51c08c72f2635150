/** A share in percent. */
export const percent = (share: number, decimals = 1) => `${(share * 100).toFixed(decimals)} %`;
