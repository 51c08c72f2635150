import { fixed } from "@autoencoder/ui";
import { TableScroll } from "../../src/shared/table-scroll.tsx";
import { scientific } from "./measured.ts";

/** The gradient by the sum before the sigmoid, for a pixel that should be x: what is left of it where the sigmoid is flat. */
export function sumGradients(sum: number, x: number): { mse: number; bce: number } {
  const output = 1 / (1 + Math.exp(-sum));
  // By the sum, not by 1 − output: far below zero that is 1 to the last bit.
  const slope = output / (1 + Math.exp(sum));
  return { mse: 2 * (output - x) * slope, bce: output - x };
}

/** Two losses' gradients for a white pixel whose sum has fallen ever lower. */
export function Saturation() {
  return (
    <figure>
      <TableScroll label="Gradients of two losses for a white pixel">
        <table className="data-table" data-table="saturation">
          <thead>
            <tr>
              <th scope="col">sum s</th>
              <th scope="col" className="numeric">
                output σ(s)
              </th>
              <th scope="col" className="numeric">
                squared error
              </th>
              <th scope="col" className="numeric">
                cross-entropy
              </th>
            </tr>
          </thead>
          <tbody>
            {[0, -2, -5, -10, -15].map((sum) => {
              const { mse, bce } = sumGradients(sum, 1);
              return (
                <tr key={sum}>
                  <th scope="row" className="number">
                    {fixed(sum, 0)}
                  </th>
                  <td className="numeric">{scientific(1 / (1 + Math.exp(-sum)))}</td>
                  <td className="numeric">{scientific(mse)}</td>
                  <td className="numeric">{fixed(bce, 4)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableScroll>
      <figcaption>
        The gradient of one white pixel’s loss by the sum before its sigmoid: what tells the network “brighter”.
      </figcaption>
    </figure>
  );
}
