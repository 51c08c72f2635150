import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files by their time, longest first, so that two workers end together; what is not listed is short and comes last. */
const longest = [
  // without a browser
  "event-loop",
  "trainer",
  "committed-runs",
  // with one
  "grading-runs",
  "viewer",
  "chapter-audits",
  "chapter-walks",
  "chapters",
  "report",
  "teaching",
  "grading",
  "viewer-walks",
  "experiments",
  "evidence",
  "home",
  "home-states",
  "budgets",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
