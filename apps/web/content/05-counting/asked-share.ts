/** The question that opens the second bar, and the shares of the multiply-adds that it offers, in percent. */
export const askedShare = { question: "counting-dense", options: [4, 25, 50, 84] } as const;
