import { type Badge, type CheckId, type Grade, rubric } from "@autoencoder/model/grading";
import { Table } from "@autoencoder/ui";
import { type Checklist, estimatedMarks } from "./checklist.ts";
import styles from "./grading.module.css";
import { badgeTotal, checkIds, printed, sumOfMarks } from "./marks.ts";

const badges: readonly { badge: Badge; meaning: string }[] = [
  { badge: "recomputed", meaning: "from the weights, here and now" },
  { badge: "recorded", meaning: "believed: epochs and losses of the past cannot be proved from weights" },
  { badge: "judged", meaning: "by a person" },
];

interface MarksProps {
  grade: Grade;
  checklist: Checklist;
  /** Whether computed marks may be seen. */
  shown: boolean;
}

/** The assignment's marks table with what this run gets; the sums by badge; the student's estimate beside them. */
export function MarksTable(props: MarksProps) {
  const { grade, checklist, shown } = props;
  const computed = sumOfMarks(grade, checklist, [0, 1, 2].flatMap(checkIdsOf));
  const expected = estimatedMarks(checklist);
  return (
    <div data-part="marks">
      <MarksByRow {...props} />
      <MarksByBadge {...props} />
      <p className="note" data-part="estimate">
        {estimateSentence(expected, shown && printed(computed))}
      </p>
    </div>
  );
}

function MarksByRow({ grade, checklist, shown }: MarksProps) {
  return (
    <Table
      className={styles.marks}
      label="Marks by row"
      columns={["Section", "Description", { numeric: "Marks" }, { numeric: "This run" }]}
    >
      <tbody>
        {rubric.map(({ section, description, marks }, index) => (
          <tr key={section} data-row={index + 1}>
            <th scope="row">
              <a className={styles.section} href={`#row-${index + 1}`}>
                {section}
              </a>
            </th>
            <td>{description}</td>
            <td className="numeric">{marks}</td>
            <td className="numeric" data-part="own">
              {shown || index === 3 ? printed(sumOfMarks(grade, checklist, checkIdsOf(index))) : "–"}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            Total
          </th>
          <td className="numeric">{rubric.reduce((sum, { marks }) => sum + marks, 0)}</td>
          <td className="numeric" data-part="total">
            {shown ? printed(sumOfMarks(grade, checklist, checkIds)) : "–"}
          </td>
        </tr>
      </tfoot>
    </Table>
  );
}

function MarksByBadge({ grade, checklist, shown }: MarksProps) {
  return (
    <ul className={styles.badges} data-part="badges">
      {badges.map(({ badge, meaning }) => {
        const { of, ...own } = badgeTotal(grade, checklist, badge);
        return (
          <li key={badge}>
            <span className={styles.badge} data-badge={badge}>
              {badge}
            </span>{" "}
            <b className="number">{shown || badge === "judged" ? `${printed(own)} of ${of}` : `${of} marks`}</b>{" "}
            {meaning}
          </li>
        );
      })}
    </ul>
  );
}

/** The checks of a row, counted from 0. */
function checkIdsOf(row: number): CheckId[] {
  return rubric[row]?.checks.map(({ id }) => id) ?? [];
}

/** The student's estimate, and what was computed where that may be seen. */
function estimateSentence(expected: number | undefined, computed: string | false): string {
  if (computed) return expected === undefined ? "" : `Your estimate ${expected}, computed ${computed} of 8.`;
  if (expected === undefined) return "Tick below the half marks that you expect, before you see them.";
  return `Your estimate so far: ${expected} of 8.`;
}
