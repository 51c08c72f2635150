import { wilson } from "@autoencoder/model";
import { TableScroll } from "../../src/shared/table-scroll.tsx";

/** Trainings of the assignment's exact recipe, each series with other seeds: how many printed black. */
const series = [
  { name: "Keras, first series", asked: "after 160 batches", black: 11, of: 12 },
  { name: "Keras, second series", asked: "after 60 to 75 batches", black: 4, of: 6 },
  { name: "TensorFlow.js", asked: "after 100 batches", black: 3, of: 6 },
] as const;

/** How often the recipe collapses, as counts with their intervals: a few seeds do not make a rate. */
export function HowOften() {
  const percent = (share: number) => (share * 100).toFixed(0);
  return (
    <figure>
      <TableScroll label="Trainings that printed black">
        <table className="data-table" data-table="how-often">
          <thead>
            <tr>
              <th scope="col">seeds trained with</th>
              <th scope="col" className="numeric">
                black
              </th>
              <th scope="col" className="numeric">
                95 % interval
              </th>
            </tr>
          </thead>
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
                    {percent(low)}–{percent(high)} %
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableScroll>
      <figcaption>
        Counted on one machine (Keras 3.15, TensorFlow.js 4.22). The intervals are Wilson’s: with so few seeds the rate
        may be anywhere in them, and only where a network stands after so many batches was looked at. Another seed
        yourself: <code>npm run train -- --recipe assignment-literal --epochs 1 --seed 4</code>.
      </figcaption>
    </figure>
  );
}
