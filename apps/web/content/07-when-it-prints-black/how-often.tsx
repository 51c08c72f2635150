import { wilson } from "@autoencoder/model";
import { fixed, Table } from "@autoencoder/ui";
import { InlineCode } from "../../src/shared/inline-code.tsx";
import seeds from "./seeds.json";

/** Trainings of the assignment's exact recipe, each series with other seeds: how many printed black. */
const series = [
  { name: "Keras, first series", asked: "after 160 batches", black: 11, of: 12 },
  { name: "Keras, second series", asked: "after 60 to 75 batches", black: 4, of: 6 },
  // What `npm run train -- seeds assignment-literal --json` printed, on each engine.
  ...seeds.map(({ engine, batches, outcomes }) => ({
    name: `this trainer, ${engine.name}`,
    asked: `by batch ${batches}`,
    black: outcomes.filter(({ collapsed }) => collapsed !== null).length,
    of: outcomes.length,
  })),
];

/** How often the recipe collapses, as counts with their intervals: a few seeds do not make a rate. */
export function HowOften() {
  const hundredths = (share: number) => fixed(share * 100, 0);
  return (
    <figure>
      <Table
        label="Trainings that printed black"
        columns={["seeds trained with", { numeric: "black" }, { numeric: "95 % interval" }]}
        data-table="how-often"
      >
        <tbody>
          {series.map(({ name, asked, black, of }) => {
            const [low, high] = wilson(black, of);
            return (
              <tr key={name}>
                <th scope="row">
                  {name} <span className="note">{asked}</span>
                </th>
                <td className="numeric">
                  {black} of {of}
                </td>
                <td className="numeric">
                  {hundredths(low)}–{hundredths(high)} %
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <figcaption>
        Counted on one machine (Keras 3.15, TensorFlow.js 4.22). The intervals are Wilson’s: with so few seeds the rate
        may be anywhere in them, and only where a network stands after so many batches was looked at. Ours are seeds 1
        to 12, by the rule above, and both engines collapsed with the same ones. The collapsed run of this page has the
        first of them. Count them yourself: <InlineCode>npm run train -- seeds assignment-literal</InlineCode>.
      </figcaption>
    </figure>
  );
}
