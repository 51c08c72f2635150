import { fixtures, type Grade, grade, type Result, rubric, total } from "@autoencoder/model/grading";
import { Fold, Table } from "@autoencoder/ui";
import styles from "./grading.module.css";
import { printed } from "./marks.ts";

/** Runs with one known fault each, and what the rubric makes of them, computed as the page is drawn. */
export function Calibration() {
  return (
    <Fold summary="How this rubric was calibrated" className={styles.calibration} data-part="calibration">
      <p>
        Fourteen runs with known faults go through the same rules. The first row is what a healthy run has to get: where
        a committed healthy run does not get 8 of 8, the rule is wrong and is widened in the open. The last row shows
        what no rule can find: a history that was invented whole and ends at the true error.
      </p>
      <Table
        label="Marks of the fourteen runs"
        columns={["run", ...[1, 2, 3].map((row) => ({ numeric: `row ${row}` })), { numeric: "of 8" }, "lost"]}
      >
        <tbody>
          {fixtures.map(({ name, evidence }) => (
            <FixtureRow key={name} name={name} results={grade(evidence)} />
          ))}
        </tbody>
      </Table>
    </Fold>
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
