import { type Summary, summarize, summarizeAutoencoder } from "@autoencoder/model";
import { integer, Table } from "@autoencoder/ui";
import { currentRun } from "./current-run.ts";
import styles from "./summaries.module.css";

/** The three summaries of the page's run, in the words and counts that Keras prints. */
export async function Summaries() {
  const { spec } = await currentRun();
  return (
    <div className={`wide ${styles.summaries}`}>
      <SummaryTable summary={summarize(spec.encoder)} />
      <SummaryTable summary={summarize(spec.decoder)} />
      <SummaryTable summary={summarizeAutoencoder(spec)} />
    </div>
  );
}

function SummaryTable({ summary }: { summary: Summary }) {
  return (
    <div className={styles.summary} data-model={summary.name}>
      <Table
        label={`Summary of the ${summary.name}`}
        caption={<>Model: “{summary.name}”</>}
        columns={["Layer (type)", "Output Shape", { numeric: "Param #" }]}
        data-summary={summary.name}
      >
        <tbody>
          {summary.rows.map((row) => (
            <tr key={row.layer}>
              <td>{row.layer}</td>
              <td>{row.outputShape}</td>
              <td className="numeric">{row.parameters}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              Total params
            </th>
            <td className="numeric">{integer(summary.total)}</td>
          </tr>
          <tr>
            <th scope="row" colSpan={2}>
              Trainable params
            </th>
            <td className="numeric">{integer(summary.trainable)}</td>
          </tr>
        </tfoot>
      </Table>
    </div>
  );
}
