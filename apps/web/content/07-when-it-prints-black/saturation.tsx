import { sigmoid } from "@autoencoder/model";
import { exponential, fixed, Table } from "@autoencoder/ui";

/** The gradient by the sum before the sigmoid, for a pixel that should be x: what is left of it where the sigmoid is flat. */
export function sumGradients(sum: number, x: number): { mse: number; bce: number } {
  const output = sigmoid(sum);
  // By the sum, not by 1 − output: far below zero that is 1 to the last bit.
  const slope = output / (1 + Math.exp(sum));
  return { mse: 2 * (output - x) * slope, bce: output - x };
}

/** Two losses' gradients for a white pixel whose sum has fallen ever lower. */
export function Saturation() {
  return (
    <figure>
      <Table
        label="Gradients of two losses for a white pixel"
        columns={["sum s", { numeric: "output σ(s)" }, { numeric: "squared error" }, { numeric: "cross-entropy" }]}
        data-table="saturation"
      >
        <tbody>
          {[0, -2, -5, -10, -15].map((sum) => {
            const { mse, bce } = sumGradients(sum, 1);
            return (
              <tr key={sum}>
                <th scope="row" className="number">
                  {fixed(sum, 0)}
                </th>
                <td className="numeric">{exponential(sigmoid(sum))}</td>
                <td className="numeric">{exponential(mse)}</td>
                <td className="numeric">{fixed(bce, 4)}</td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <figcaption>
        The gradient of one white pixel’s loss by the sum before its sigmoid: what tells the network “brighter”.
      </figcaption>
    </figure>
  );
}
