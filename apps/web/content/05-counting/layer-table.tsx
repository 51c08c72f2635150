import { layerSizes, printedShape } from "@autoencoder/model";
import { integer, percent, Table } from "@autoencoder/ui";
import { currentRun } from "../../src/features/run/current-run.ts";
import styles from "./layer-table.module.css";

/** Every layer with its output, parameters, multiply-adds and uses of each weight; shares as bars. */
export async function LayerTable() {
  const { spec } = await currentRun();
  const rows = [...layerSizes(spec.encoder), ...layerSizes(spec.decoder).slice(1)];
  const sum = (of: "parameters" | "multiplyAdds") => rows.reduce((total, row) => total + row[of], 0);
  const [parameters, work] = [sum("parameters"), sum("multiplyAdds")];
  return (
    <figure className="wide">
      <Table
        label="Parameters and work of every layer"
        columns={["layer", { numeric: "parameters" }, { numeric: "multiply-adds" }, { numeric: "uses of each weight" }]}
        className={styles.table}
        data-testid="layer-table"
      >
        <tbody>
          {rows.map(({ layer, output, formula, parameters: own, multiplyAdds, usesOfEachWeight }) => (
            <tr key={layer.name} data-layer={layer.name}>
              <th scope="row">
                <code>{layer.name}</code>
                <small className="number">{printedShape(output)}</small>
              </th>
              <td className="numeric">
                {integer(own)}
                <Share part={own} of={parameters} />
                {own > 0 && <small>{formula}</small>}
              </td>
              <td className="numeric">
                {integer(multiplyAdds)}
                <Share part={multiplyAdds} of={work} />
              </td>
              <td className="numeric">{usesOfEachWeight > 0 ? integer(usesOfEachWeight) : ""}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">together</th>
            <td className="numeric" data-part="parameters">
              {integer(parameters)}
            </td>
            <td className="numeric" data-part="work">
              {integer(work)}
            </td>
            <td />
          </tr>
        </tfoot>
      </Table>
      <figcaption>
        For one digit; bars and percentages are shares of the whole. Multiply-adds count products with padding zeros, as
        other tools do. Uses of each weight: at how many positions a kernel is applied.
      </figcaption>
    </figure>
  );
}

function Share({ part, of }: { part: number; of: number }) {
  if (part === 0) return null;
  return (
    <span className={styles.share}>
      <span>
        <span style={{ width: `${(part / of) * 100}%` }} />
      </span>
      <small className="number">{percent(part / of)}</small>
    </span>
  );
}
