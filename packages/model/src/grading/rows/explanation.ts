import type { Row } from "../row.ts";

/** Row 4: what only a person can judge. */
export const explanation: Row = {
  section: "Code Quality & Explanation",
  description: "Clean code, clear report",
  marks: 2,
  checks: [
    {
      id: "D1",
      title: "It runs from a clean start",
      marks: 0.5,
      badge: "judged",
      rule: "started anew, it trains to the same V within 10 %",
      why: "Whoever cannot run it cannot believe it. Another engine adds in another order, and after thousands of steps the result differs a little; 10 % leaves room for that.",
      lesson: {
        chapter: "conclude-run-hand-in",
        figure: "the commands",
        mend: "Clone it into an empty folder and follow your own instructions.",
      },
    },
    {
      id: "D2",
      title: "The code",
      marks: 0.5,
      badge: "judged",
      rule: "parts have names, settings stand in one place, no dead cells",
      why: "A reader finds the learning rate once and knows that it is the one.",
      lesson: {
        chapter: "conclude-run-hand-in",
        figure: "ten steps, ten places",
        mend: "Give each of the ten steps a name, and delete what no step needs.",
      },
    },
    {
      id: "D3",
      title: "The numbers in the report",
      marks: 0.5,
      badge: "judged",
      rule: "every number in the report is the run’s",
      why: "Numbers copied from the assignment’s example are the commonest slip.",
      lesson: {
        chapter: "conclude-run-hand-in",
        figure: "referee the report",
        mend: "Compare number by number with the table here.",
      },
    },
    {
      id: "D4",
      title: "In the student’s own words",
      marks: 0.5,
      badge: "judged",
      rule: "what the bottleneck forces, where the blur comes from, what it means that there are no labels; three questions asked aloud",
      why: "Everything else on this page a machine can do.",
      lesson: {
        chapter: "the-latent-space",
        figure: "rotating the code",
        mend: "Answer the three questions below aloud, without the page.",
      },
    },
  ],
  grade: () => ({}),
};
