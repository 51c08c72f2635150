import { type Summary, summarize, summarizeAutoencoder } from "@autoencoder/model";
import { TableScroll } from "../../shared/table-scroll.tsx";
import { currentRun } from "./current-run.ts";
import { whole } from "./numbers.ts";

/** The three summaries of the page's run, in the words and counts that Keras prints. */
export async function Summaries() {
  const { spec } = await currentRun();
  return (
    <div className="summaries wide">
      <SummaryTable summary={summarize(spec.encoder)} />
      <SummaryTable summary={summarize(spec.decoder)} />
      <SummaryTable summary={summarizeAutoencoder(spec)} />
    </div>
  );
}

function SummaryTable({ summary }: { summary: Summary }) {
  return (
    <div className={`summary summary-${summary.name}`}>
      <TableScroll label={`Summary of the ${summary.name}`}>
        <table className="data-table" data-summary={summary.name}>
          <caption>Model: “{summary.name}”</caption>
          <thead>
            <tr>
              <th scope="col">Layer (type)</th>
              <th scope="col">Output Shape</th>
              <th scope="col" className="numeric">
                Param #
              </th>
            </tr>
          </thead>
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
              <td className="numeric">{whole(summary.total)}</td>
            </tr>
            <tr>
              <th scope="row" colSpan={2}>
                Trainable params
              </th>
              <td className="numeric">{whole(summary.trainable)}</td>
            </tr>
          </tfoot>
        </table>
      </TableScroll>
    </div>
  );
}
