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
      why: "A result that nobody can repeat cannot be checked. Another engine adds in another order, and after thousands of steps the result differs a little; 10 % leaves room for that.",
      lesson: {
        chapter: "hand-it-in",
        figure: "ten steps, and where each is explained",
        mend: "Clone it into an empty folder and follow your own instructions.",
      },
    },
    {
      id: "D2",
      title: "The code",
      marks: 0.5,
      badge: "judged",
      rule: "parts have names, settings stand in one place, no dead cells",
      why: "A reader who finds the learning rate in one place knows that no other place changes it.",
      lesson: {
        chapter: "hand-it-in",
        figure: "ten steps, and where each is explained",
        mend: "Give each of the ten steps a name, and delete what no step needs.",
      },
    },
    {
      id: "D3",
      title: "The numbers in the report",
      marks: 0.5,
      badge: "judged",
      rule: "every number in the report is the run’s",
      why: "The most common mistake is a number copied from the assignment’s example.",
      lesson: {
        chapter: "what-would-improve-it",
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
      why: "A machine can check everything else on this page. Whether you understand it, only a person can hear.",
      lesson: {
        chapter: "the-latent-space",
        figure: "rotating the code",
        mend: "Answer the three questions below aloud, without the page.",
      },
    },
  ],
  grade: () => ({}),
};
