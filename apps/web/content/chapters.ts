/** A chapter of the tutorial; its prose is the MDX file of the same number. */
export interface Chapter {
  number: number;
  slug: string;
  title: string;
  /** Reading time. */
  minutes: number;
  /** Which row of the marks it serves. */
  marks: string;
  /** What a reader can do afterwards. */
  goals: readonly string[];
  /** Its questions by id, as progress keeps them. */
  questions: readonly string[];
  /** One sentence to keep. */
  keep: string;
  /** Whether its figures follow the reader's digit, computed in the page. */
  live: boolean;
}

/** The chapters in reading order. */
export const chapters: readonly Chapter[] = [
  {
    number: 0,
    slug: "the-run-at-a-glance",
    title: "The run at a glance",
    minutes: 6,
    marks: "rows 1 to 3: summaries, loss curve, reconstructions",
    goals: [
      "say what the network is made of, and how many numbers it learned",
      "say how its training went, and what its last loss is compared with",
      "find the summaries, the curve, the pictures and the files to hand in",
    ],
    questions: ["glance-pca", "glance-class"],
    keep: "A loss alone says little: it needs the pictures, the errors by digit, and something to compare with.",
    live: false,
  },
  {
    number: 1,
    slug: "squeeze-and-rebuild",
    title: "Squeeze and rebuild",
    minutes: 8,
    marks: "row 4: what the bottleneck forces",
    goals: [
      "say what goes into the network, what comes out, and what it is compared with",
      "say why 64 numbers of this network are worth more than 64 numbers of a thumbnail",
      "say why this is no file compression",
    ],
    questions: ["squeeze-thumbnail", "squeeze-zip"],
    keep: "The network is asked for its input back, and only 64 numbers are let through on the way.",
    live: true,
  },
  {
    number: 2,
    slug: "the-data",
    title: "The data",
    minutes: 8,
    marks: "row 2: what was trained on",
    goals: [
      "say what one MNIST picture is, in numbers",
      "say which pictures are trained on, which are looked at every epoch, and which once",
      "say why a black picture is not far from a digit",
    ],
    questions: ["data-zero", "data-black", "data-split"],
    keep: "Four pixels in five are black: whoever prints nothing is already nearly right.",
    live: false,
  },
  {
    number: 3,
    slug: "convolution-pixel-by-pixel",
    title: "Convolution, pixel by pixel",
    minutes: 12,
    marks: "row 1: the encoder",
    goals: [
      "compute one value of a feature map by hand",
      "say how deep a kernel of the second convolution is, and why",
      "say what pooling throws away",
    ],
    questions: ["convolution-zeros", "convolution-kernel", "convolution-pooled"],
    keep: "A kernel reads all maps of the layer before at one place, adds, and passes on what is above zero.",
    live: true,
  },
  {
    number: 4,
    slug: "the-whole-network",
    title: "The whole network",
    minutes: 12,
    marks: "row 1: architecture and summaries",
    goals: [
      "follow the shapes from 28 × 28 to 64 and back",
      "say why a third pooling does not fit 28, and mend it",
      "trace one rebuilt pixel back to the code",
    ],
    questions: ["network-copies", "network-sides", "network-patch"],
    keep: "Nothing is put back on the way up: upsampling copies, and the convolution behind it paints.",
    live: true,
  },
  {
    number: 5,
    slug: "counting",
    title: "Counting",
    minutes: 8,
    marks: "row 1: the summaries’ numbers",
    goals: [
      "compute a layer’s parameters and multiply-adds",
      "say where the parameters sit and where the work is done, and why these are different places",
      "explain why Keras prints more parameters after training",
    ],
    questions: ["counting-dense", "counting-double", "counting-filters"],
    keep: "Parameters are what must be stored, multiply-adds what must be done; reuse is the ratio between them.",
    live: false,
  },
  {
    number: 6,
    slug: "training",
    title: "Training",
    minutes: 12,
    marks: "row 2: training and loss curve",
    goals: [
      "say what the loss sees of a pixel, and what it does not see of a digit",
      "read a loss curve, and say why validation may lie below training",
      "place an error on a ladder of things that need no training",
    ],
    questions: ["training-shift", "training-start", "training-recomputed"],
    keep: "The loss compares pixel with pixel; how good a number is, only a ladder of comparisons can say.",
    live: true,
  },
  {
    number: 7,
    slug: "when-it-prints-black",
    title: "When it prints black",
    minutes: 12,
    marks: "row 2, when the loss stays at 0.11",
    goals: [
      "recognize a collapsed run by its numbers",
      "name three suspects and the numbers that clear or convict each of them",
      "mend it in one line",
    ],
    questions: ["black-gap", "black-sums", "black-grey"],
    keep: "Every output was told “darker” at once; starting at the mean pixel takes the reason away.",
    live: false,
  },
  {
    number: 8,
    slug: "reconstructions",
    title: "Reconstructions",
    minutes: 12,
    marks: "row 3: reconstruction results",
    goals: [
      "tell a good, a typical and a bad reconstruction by eye and by number",
      "give more than one cause of blur",
      "say what the network does with what is no digit",
    ],
    questions: ["rebuilt-found", "rebuilt-blur", "rebuilt-shift"],
    keep: "The network rebuilds what it can say; how far that is from what it saw is the error.",
    live: true,
  },
  {
    number: 9,
    slug: "the-latent-space",
    title: "The latent space",
    minutes: 12,
    marks: "row 4: what the code means, and what it does not",
    goals: [
      "change a value of the code and say what the decoder makes of it",
      "say why no single value has a meaning of its own",
      "say what a random code decodes to, and what that depends on",
    ],
    questions: ["latent-rotate", "latent-neighbours"],
    keep: "The code is an agreement between encoder and decoder; any other that both keep would do.",
    live: true,
  },
  {
    number: 10,
    slug: "conclude-run-hand-in",
    title: "Conclude, run, hand in",
    minutes: 12,
    marks: "all rows",
    goals: [
      "check a report’s sentences against its own figures",
      "name three improvements and how one would measure them",
      "train the network yourself and find what to hand in",
    ],
    questions: ["closing-passed", "closing-overfit", "closing-larger"],
    keep: "A claim is worth the figure that could have refuted it.",
    live: false,
  },
];
