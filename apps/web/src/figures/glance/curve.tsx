import type { Run } from "@autoencoder/model/run";
import { LossCurve } from "@autoencoder/ui";
import { TableScroll } from "../table-scroll.tsx";
import { figure } from "./words.tsx";

/** What the assignment's own example reports for its last epoch. */
const exampleValidation = 0.0052;

/** The loss curve with its baselines, and its numbers as a table. */
export function Curve({ run }: { run: Run }) {
  const { baselines, history } = run;
  const levels = [
    { label: "black", value: baselines.black },
    { label: "mean image", value: baselines.meanImage },
    { label: "64 PCA numbers", value: baselines.pca },
    { label: "the example", value: exampleValidation },
  ];
  return (
    <figure>
      <LossCurve
        history={history.map(({ epoch, loss, valLoss }) => ({ epoch, loss, valLoss }))}
        levels={levels.map((level) =>
          level.label.includes("PCA") ? { ...level, label: `${codeSize(run)} PCA numbers` } : level,
        )}
      />
      <figcaption>
        Dotted, the validation error of what needs no training: a black picture ({figure(baselines.black)}), the mean
        training picture ({figure(baselines.meanImage)}), the best straight-line code of {codeSize(run)} numbers, PCA (
        {figure(baselines.pca)}); and what the assignment’s example reports after 20 epochs ({exampleValidation}).
        Point, drag, or use the arrow keys to read an epoch.
      </figcaption>
      <details className="more">
        <summary>The curve as a table</summary>
        <TableScroll label="The losses by epoch">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">epoch</th>
                <th scope="col" className="numeric">
                  train loss
                </th>
                <th scope="col" className="numeric">
                  validation loss
                </th>
                <th scope="col" className="numeric">
                  seconds
                </th>
                <th scope="col" className="numeric">
                  images/s
                </th>
              </tr>
            </thead>
            <tbody>
              {history.map((record) => (
                <tr key={record.epoch}>
                  <td className="number">{record.epoch}</td>
                  <td className="numeric">{figure(record.loss)}</td>
                  <td className="numeric">{figure(record.valLoss)}</td>
                  <td className="numeric">{record.seconds.toFixed(0)}</td>
                  <td className="numeric">{record.imagesPerSecond.toFixed(0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      </details>
    </figure>
  );
}

function codeSize(run: Run): number {
  const last = run.spec.encoder.layers.at(-1);
  return last?.className === "Dense" ? last.units : 0;
}
