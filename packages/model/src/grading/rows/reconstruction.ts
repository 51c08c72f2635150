import type { Row } from "../rubric.ts";

/** Row 3: do the pictures come back? */
export const reconstruction: Row = {
  section: "Reconstruction Results",
  description: "Original vs reconstructed images",
  marks: 3,
  checks: [
    {
      id: "C1",
      title: "The picture",
      marks: 0.5,
      badge: "recomputed",
      rule: "reconstructions.png shows 10 or more test digits, originals above reconstructions, the first of each class; originals exact, reconstructions within 0.01 of what the weights give, both as bytes",
      why: "The picture is decoded here and cut into its tiles. An original must be the test digit to the last grey level. 0.01 is two grey levels of 255: what half-precision weights and rounding may do. A picture from other weights is off by tenths.",
      lesson: {
        chapter: "the-run-at-a-glance",
        figure: "the gallery",
        mend: "Draw the picture with the weights that you hand in, and leave the file as it was written.",
      },
    },
    {
      id: "C2",
      title: "It rebuilds digits that it has never seen: test error",
      marks: 1,
      badge: "recomputed",
      rule: "T, the MSE on the 10,000 test images: T < 0.00525 → 1; else T ≤ PCA with as many numbers as the code → 0.5",
      why: "The same bars as for validation, on images that decided nothing: not when to stop, not which run to keep.",
      lesson: {
        chapter: "reconstructions",
        figure: "the error on the test images, class by class",
        mend: "If validation is good and this is not, test pictures are prepared in another way than training pictures; else train on.",
      },
    },
    {
      id: "C3",
      title: "Find the original",
      marks: 1,
      badge: "recomputed",
      rule: "for the first 1,000 test digits the nearest of the 1,000 originals to a reconstruction is its own: ≥ 99 % → 1; ≥ 95 % → 0.5",
      why: "This is what “clearly resemble the originals” means, without labels and without a classifier. The mean image is found in 0.1 % of cases, PCA with 16 numbers in 78 %, with 64 in 99.6 %.",
      lesson: {
        chapter: "reconstructions",
        figure: "best, typical and worst",
        mend: "Look at which digits are taken for others: their strokes are lost. A longer training or a longer code keeps them.",
      },
    },
    {
      id: "C4",
      title: "No class left behind",
      marks: 0.5,
      badge: "recomputed",
      rule: "the class with the greatest test error has at most 2 × the error of all; only if C2 > 0",
      why: "A mean can hide a digit that is never rebuilt. PCA with 64 numbers has 1.34. Black pictures are equally bad everywhere (1.32), hence the condition.",
      lesson: {
        chapter: "reconstructions",
        figure: "the error on the test images, class by class",
        mend: "Check that all ten classes are among the training pictures, as many of each.",
      },
    },
  ],
};
