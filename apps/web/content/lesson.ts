/** A step of the lesson: a link, what to do there, a question, and what an answer should have in it. */
export interface Step {
  title: string;
  minutes: number;
  slug: string;
  heading?: string;
  /** The recorded digit to open on. */
  digit?: number;
  /** What the server draws of a run that shows what the step is about: an address below the run's drawings. */
  picture: { drawn: string; collapsed?: true };
  say: string;
  ask: string;
  listen: string;
}

/** A lesson of 45 minutes in five links. */
export const lesson: readonly Step[] = [
  {
    title: "Draw, and watch it come back",
    minutes: 9,
    slug: "squeeze-and-rebuild",
    picture: { drawn: "ten.png" },
    say: "Let a student draw a digit, then a letter. Everybody sees the picture, its code and what is rebuilt from the code alone. Go on to the thumbnail, and take a vote on its question before the answer.",
    ask: "What is the network compared with, if nobody told it which digit it saw?",
    listen: "With its input. The target is the picture itself; the labels are never used.",
  },
  {
    title: "Mostly black",
    minutes: 8,
    slug: "the-data",
    heading: "mostly-black",
    picture: { drawn: "40/encoder_input.png" },
    say: "Vote first, then show the bar. Then compare two digits of one class with a black picture.",
    ask: "Which picture without any digit on it has a small error, and why is that a danger?",
    listen:
      "The black one: four pixels in five are right already. A network that prints black is nearly right and learns nothing.",
  },
  {
    title: "One value by hand",
    minutes: 10,
    slug: "convolution-pixel-by-pixel",
    heading: "one-value",
    picture: { drawn: "40/conv2d.png" },
    say: "Choose a pixel together. Half of the class adds the nine products, the other half checks the bias and ReLU. Then take a value of the second convolution, and unfold one of its 32 parts.",
    ask: "How many numbers does one kernel of the second convolution have?",
    listen: "3 × 3 × 32 = 288, and one bias. It reads all maps at one place.",
  },
  {
    title: "When it prints black",
    minutes: 10,
    slug: "when-it-prints-black",
    heading: "what-it-looks-like-from-outside",
    picture: { drawn: "ten.png", collapsed: true },
    say: "Show the losses of both runs and cover the pictures. Let the class say which run is better at batch 50, then uncover.",
    ask: "Both curves of the black run coincide. Is that good?",
    listen: "No. A missing gap proves nothing; the number must be held against a black picture’s 0.11.",
  },
  {
    title: "What a number of the code means",
    minutes: 8,
    slug: "the-latent-space",
    heading: "what-a-value-means",
    picture: { drawn: "40/icon.png" },
    say: "Let the class guess how much the picture changes when all bars are rotated. Then rotate.",
    ask: "A friend says that value 17 is the slant of the digit. What do you answer?",
    listen:
      "In this network at most, and only together with others: a rotated code gives the same pictures with other values.",
  },
];
