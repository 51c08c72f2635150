import type { Row } from "../rubric.ts";

/** Row 2: was it trained, and does the record show it? */
export const training: Row = {
  section: "Training & Loss Curve",
  description: "Trained model, plotted losses",
  marks: 3,
  checks: [
    {
      id: "B1",
      title: "It has learned: validation error",
      marks: 1,
      badge: "recomputed",
      rule: "V, the MSE on the validation images: V < 0.00525 → 1; else V ≤ PCA with as many numbers as the code → 0.5",
      why: "0.0052 is what the assignment’s example reports, printed to four decimals, so anything below 0.00525 is as good. Half a mark goes to what beats PCA, the best straight-line code of the same length: from there on the network’s curves are worth something.",
      lesson: {
        chapter: "training",
        figure: "the ladder of baselines",
        mend: "Train for more epochs; where the loss no longer falls, check that the pixels lie between 0 and 1.",
      },
    },
    {
      id: "B2",
      title: "The record is of these weights",
      marks: 0.5,
      badge: "recorded",
      rule: "the last recorded validation loss is within 2 % of the same loss recomputed from the weights; only if B1 > 0",
      why: "The history cannot be proved from the weights, but its end can: recomputed with half-precision weights it moves by far less than 2 %, while a history of another training does not fit. A black picture scores 0.111 at any time, hence the condition.",
      lesson: {
        chapter: "training",
        figure: "the curve with its table",
        mend: "Save the weights and the history of one and the same training, and name the epoch whose weights were kept.",
      },
    },
    {
      id: "B3",
      title: "Twenty epochs",
      marks: 0.5,
      badge: "recorded",
      rule: "20 or more epochs are recorded, every loss and validation loss finite",
      why: "The assignment asks for 20 epochs. Epochs leave no trace in the weights that could be counted, so the record is believed.",
      lesson: { chapter: "training", figure: "the curve with its table", mend: "Train for 20 epochs." },
    },
    {
      id: "B4",
      title: "The plot",
      marks: 0.5,
      badge: "recorded",
      rule: "loss_curve.svg and loss_curve.png are there, unaltered; the drawing has both losses of every epoch at their places, and both axes have names",
      why: "The points of the SVG are read through the numbers on its axes and compared with the history, half a unit of 720 apart at most. The PNG is the same drawing as pixels; of it only its hash is checked.",
      lesson: {
        chapter: "training",
        figure: "the curve with its table",
        mend: "Draw loss and validation loss of all epochs into one plot with named axes, and hand in the file as it was written.",
      },
    },
    {
      id: "B5",
      title: "A healthy shape",
      marks: 0.5,
      badge: "recorded",
      rule: "validation: last ≤ 0.6 × first; mean of the last 3 ≤ 1.25 × that of the training losses; mean of the last 3 ≤ 1.10 × the best; losses counted from the least that the pictures allow, 0 for the MSE; only if B1 > 0",
      why: "Falling, without a wide gap, and not past its best. The assignment’s example has 0.39 and 1.16 at its printed epochs; healthy runs lie below both. A cross-entropy cannot fall to 0, since a grey pixel has an entropy of its own; without counting from there no run with that loss could pass. A black picture has the perfect gap of 1.00, hence the condition.",
      lesson: {
        chapter: "training",
        figure: "the curve with its table",
        mend: "Look which of the three is broken: still falling means more epochs; a wide gap or a rise at the end means that it learns its training pictures by heart.",
      },
    },
  ],
};
