/** A chapter of the tutorial; its prose is the MDX file of the same number. */
export interface Chapter {
  number: number;
  slug: string;
  title: string;
  /** What it answers, asked as a reader would. */
  question: string;
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
  /** The run whose picture announces a link to it; the site's own where none is named. */
  announcedBy?: string;
  /** Whether its figures follow the reader's digit, computed in the page. */
  live: boolean;
}

/** The chapters in reading order. */
export const chapters: readonly Chapter[] = [
  {
    number: 1,
    slug: "squeeze-and-rebuild",
    title: "Squeeze and rebuild",
    question: "How can 64 numbers hold a picture?",
    minutes: 8,
    marks: "row 4: what the bottleneck forces",
    goals: [
      "say what goes into the network, what comes out, and what it is compared with",
      "say why 64 numbers of this network keep more than 64 pixels of a thumbnail",
      "say why this is no file compression",
    ],
    questions: ["squeeze-codes", "squeeze-thumbnail", "squeeze-zip"],
    keep: "The network must give back its input from 64 new numbers, each computed from the whole picture.",
    live: true,
  },
  {
    number: 2,
    slug: "the-data",
    title: "The data",
    question: "Why is an empty picture almost right?",
    minutes: 8,
    marks: "row 2: what was trained on",
    goals: [
      "say what one MNIST picture is, in numbers",
      "say which pictures the network is trained on, which you look at every epoch, and which once",
      "say why a black picture is not far from a digit",
    ],
    questions: ["data-black", "data-split"],
    keep: "Four pixels in five are black, so a picture with nothing on it is already nearly right.",
    live: false,
  },
  {
    number: 3,
    slug: "convolution-pixel-by-pixel",
    title: "Convolution, pixel by pixel",
    question: "What does one layer do with one pixel?",
    minutes: 12,
    marks: "row 1: the encoder",
    goals: [
      "compute one value of a feature map by hand",
      "say how many numbers a kernel of the second convolution has, and why",
      "say what pooling throws away",
    ],
    questions: ["convolution-zeros", "convolution-bends", "convolution-kernel", "convolution-pooled"],
    keep: "A kernel reads all maps of the layer before at one place and adds up the products. ReLU passes on a sum that is above 0.",
    live: true,
  },
  {
    number: 4,
    slug: "the-whole-network",
    title: "The whole network",
    question: "How does a picture become 64 numbers, and how do they become a picture again?",
    minutes: 12,
    marks: "row 1: architecture and summaries",
    goals: [
      "follow the shapes from 28 × 28 to 64 and back",
      "say why a third pooling does not fit 28, and mend it",
      "trace one rebuilt pixel back to the code",
    ],
    questions: ["network-copies", "network-sides", "network-patch"],
    keep: "Upsampling only copies values. What pooling threw away does not come back, and the next convolution paints something plausible.",
    live: true,
  },
  {
    number: 5,
    slug: "counting",
    title: "Counting",
    question: "Where are the 479,105 weights, and which of them do the work?",
    minutes: 8,
    marks: "row 1: the summaries’ numbers",
    goals: [
      "compute a layer’s parameters and multiply-adds",
      "say which layers have the parameters and which do the work, and why these are not the same layers",
      "explain why Keras prints more parameters after training",
    ],
    questions: ["counting-dense", "counting-double", "counting-filters"],
    keep: "Parameters are stored, multiply-adds are done. A layer that uses each of its weights often stores little and does much.",
    live: false,
  },
  {
    number: 6,
    slug: "training",
    title: "Training",
    question: "Nobody sets the weights. How does the network find them?",
    minutes: 12,
    marks: "row 2: training and loss curve",
    goals: [
      "say what the loss sees of a pixel, and what it does not see of a digit",
      "read a loss curve, and say why validation may lie below training",
      "place an error on a ladder of things that need no training",
    ],
    questions: ["training-shift", "training-start", "training-recomputed"],
    keep: "The loss compares pixel with pixel. To judge it, compare it with the losses of what needs no training.",
    live: true,
  },
  {
    number: 7,
    slug: "when-it-prints-black",
    title: "When it prints black",
    question: "Two runs differ in one starting number. Why does one learn, and the other print black?",
    minutes: 12,
    marks: "row 2, when the loss stays at 0.11",
    goals: [
      "recognize a collapsed run by its numbers",
      "name three suspects and the numbers that clear or convict each of them",
      "mend it in one line",
    ],
    questions: ["black-film", "black-gap", "black-grey", "black-sums"],
    keep: "From a bias of 0 every output is pushed towards black at once. A bias at the mean pixel’s logit takes that common push away.",
    announcedBy: "assignment-literal",
    live: false,
  },
  {
    number: 8,
    slug: "reconstructions",
    title: "Reconstructions",
    question: "Which digits does it get wrong, and why are they blurred?",
    minutes: 12,
    marks: "row 3: reconstruction results",
    goals: [
      "tell a good, a typical and a bad reconstruction by eye and by number",
      "give more than one cause of blur",
      "say what the network does with what is no digit",
    ],
    questions: ["rebuilt-found", "rebuilt-blur", "rebuilt-shift"],
    keep: "The mean error hides much: look at the worst digits, and change one thing at a time to find a cause of blur.",
    live: true,
  },
  {
    number: 9,
    slug: "the-latent-space",
    title: "The latent space",
    question: "What lies between two codes, and does any single number mean something?",
    minutes: 12,
    marks: "row 4: what the code means, and what it does not",
    goals: [
      "change a value of the code and say what the decoder makes of it",
      "say why no single value has a meaning of its own",
      "say what a random code decodes to, and what that depends on",
    ],
    questions: ["latent-rotate", "latent-neighbours"],
    keep: "A single number of the code has no meaning of its own: rotate the code and the decoder alike, and every picture stays the same.",
    live: true,
  },
  {
    number: 10,
    slug: "what-would-improve-it",
    title: "What would improve it",
    question: "What would make it better, and how would you know?",
    minutes: 8,
    marks: "row 4: the conclusion",
    goals: [
      "check a report’s sentences against its own figures",
      "say what each of three improvements cost and gained in a run",
      "name the number that would show that an improvement is one",
    ],
    questions: ["closing-passed", "closing-overfit", "closing-larger"],
    keep: "For every claim, name the number that would show that it is wrong.",
    live: false,
  },
  {
    number: 11,
    slug: "hand-it-in",
    title: "Hand it in",
    question: "What do you hand in, and which sentence of it can you defend?",
    minutes: 8,
    marks: "rows 1 to 3: summaries, loss curve, reconstructions",
    goals: [
      "find the summaries, the curve, the pictures and the files to hand in",
      "say how the training went, and what its last loss is compared with",
      "say in which chapter each step of the assignment is explained",
    ],
    questions: ["glance-pca", "glance-class"],
    keep: "Hand in a loss together with the pictures, the errors by digit, and something to compare it with.",
    live: false,
  },
];
