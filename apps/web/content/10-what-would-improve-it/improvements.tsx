import type { Run } from "@autoencoder/model/run";
import { fixed, integer, printedLoss, Table } from "@autoencoder/ui";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { findRun } from "../../src/features/run/current-run.ts";
import { parametersOf } from "../../src/features/run/numbers.ts";
import { defaultRun } from "../../src/shared/default-run.ts";
import styles from "./improvements.module.css";

/** The run without any improvement, and those that change one thing. */
const changes = [
  { name: defaultRun, what: "as assigned, but for the output bias" },
  { name: "assignment-128", what: "a code of 128 numbers" },
  { name: "assignment-bce", what: "trained for the binary cross-entropy" },
] as const;

/** What one change each cost and gained, on the test images; a run that is not here is named with its command. */
export async function Improvements() {
  const found = await Promise.all(changes.map(async (change) => ({ ...change, run: await findRun(change.name) })));
  const here = found.flatMap(({ run, ...change }) => (run.ok ? [{ ...change, run: run.value }] : []));
  const base = here.find(({ name }) => name === defaultRun)?.run;
  return (
    <figure>
      <Table
        label="Runs with one thing changed"
        className={styles.table}
        columns={["changed", { numeric: "test MSE" }, { numeric: "SSIM" }, { numeric: "PCA" }, { numeric: "weights" }]}
        data-table="improvements"
      >
        <tbody>
          {here.map(({ name, what, run }) => (
            <tr key={name} data-run={name}>
              <th scope="row">{what}</th>
              <td className="numeric">
                {printedLoss(run.test.mse)}
                {base && run !== base && <small className="note"> {share(run, base)}</small>}
              </td>
              <td className="numeric">{fixed(run.test.ssim, 3)}</td>
              <td className="numeric">{printedLoss(run.baselines.pca)}</td>
              <td className="numeric">{integer(parametersOf(run.spec))}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {found.map(({ name, run }) => run.ok || <Missing key={name} run={name} />)}
      <figcaption>
        One seed each. MSE and SSIM are of the 10,000 test images. PCA is the validation error of the best linear code
        with as many numbers.
      </figcaption>
    </figure>
  );
}

/** How much of the first run's test error is left. */
function share(run: Run, base: Run): string {
  return `${fixed((100 * run.test.mse) / base.test.mse, 0)} %`;
}
