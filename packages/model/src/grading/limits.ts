/** Limits that the rubric, the page for stuck trainings and the chapters share. */

/** The losses that the assignment prints of its own training, to four decimals. */
export const assignmentExample = [
  { epoch: 1, loss: 0.0368, valLoss: 0.0134 },
  { epoch: 10, loss: 0.0068, valLoss: 0.0062 },
  { epoch: 20, loss: 0.0045, valLoss: 0.0052 },
] as const;

/** The validation loss at which the example ends. */
export const exampleValidationLoss = assignmentExample[2].valLoss;

/** Errors below this are as good as the example's: it is printed to four decimals. */
export const asGoodAsExample = 0.00525;

/** What a single loss tells of a training. Black pictures have 0.11, the best single grey 0.096, the mean picture 0.067. */
export const lossLimits = {
  /** Above this the pixels do not lie in [0, 1], or the loss is not the MSE. */
  wrongScale: 0.6,
  /** From this share of a black picture's error on, black pictures are printed. */
  blackShare: 0.93,
  /** From here on up to black, one grey picture is printed for every digit. */
  grey: 0.06,
} as const;
