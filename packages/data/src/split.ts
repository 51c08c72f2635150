/** How many of `count` pictures train and how many validate. */
export interface Split {
  train: number;
  validation: number;
}

/** Keras's `validation_split`: the last part of the pictures, taken before any shuffling. @param validationSplit in [0, 1) */
export function trainValidationSplit(count: number, validationSplit: number): Split {
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new Error(`validation split: expected a number of at least 0 and below 1 but got ${validationSplit}`);
  }
  const train = Math.floor(count * (1 - validationSplit));
  if (train < 1) throw new Error(`validation split: expected pictures left to train on but ${count} are too few`);
  return { train, validation: count - train };
}
