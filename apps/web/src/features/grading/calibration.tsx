import { fixtures, type Grade, grade, type Result, rubric, total } from "@autoencoder/model/grading";
import { TableScroll } from "../../shared/table-scroll.tsx";
import styles from "./grading.module.css";
import { printed } from "./marks.ts";

/** Runs with one known fault each, and what the rubric makes of them, computed as the page is drawn. */
export function Calibration() {
  return (
    <details className={`more ${styles.calibration}`} data-part="calibration">
      <summary>How this rubric was calibrated</summary>
      <p>
        Fourteen runs with known faults go through the same rules. The first row is what a healthy run has to get: where
        a committed healthy run does not get 8 of 8, the rule is wrong and is widened in the open. The last row shows
        what no rule can find: a history that was invented whole and ends at the true error.
      </p>
      <TableScroll label="Marks of the fourteen runs">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">run</th>
              {[1, 2, 3].map((row) => (
                <th key={row} scope="col" className="numeric">
                  row {row}
                </th>
              ))}
              <th scope="col" className="numeric">
                of 8
              </th>
              <th scope="col">lost</th>
            </tr>
          </thead>
          <tbody>
            {fixtures.map(({ name, evidence }) => (
              <FixtureRow key={name} name={name} results={grade(evidence)} />
            ))}
          </tbody>
        </table>
      </TableScroll>
    </details>
  );
}

function FixtureRow({ name, results }: { name: string; results: Grade }) {
  const rows = rubric.slice(0, 3).map(({ checks }) => checks.map(({ id }) => results[id]));
  const lost = rows.flat().filter(({ check, least }) => least < check.marks);
  return (
    <tr>
      <th scope="row">{name}</th>
      {rows.map((row) => (
        <td key={row[0]?.check.id} className="numeric">
          {printed(total(row))}
        </td>
      ))}
      <td className="numeric">{printed(total(rows.flat()))}</td>
      <td>{lost.map(said).join(", ") || "nothing"}</td>
    </tr>
  );
}

function said({ check, least, reason }: Result): string {
  if (reason?.startsWith("gated")) return `${check.id} ${reason}`;
  return least > 0 ? `${check.id} half` : check.id;
}
