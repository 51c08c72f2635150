import { fixed } from "@autoencoder/ui";
/** A share in percent. */
export const percent = (share: number, decimals = 1) => `${fixed(share * 100, decimals)} %`;
