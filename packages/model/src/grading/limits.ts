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
