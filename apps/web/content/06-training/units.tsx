import { exampleValidationLoss } from "@autoencoder/model/grading";
import { fixed, Table } from "@autoencoder/ui";
import { currentRun } from "../../src/features/run/current-run.ts";
import { pixelsWorth } from "../../src/features/run/numbers.ts";

/** One error in four units. */
export async function Units() {
  const run = await currentRun();
  const { black, meanImage } = run.baselines;
  const rows = [
    ["this run", run.test.mse],
    ["the assignment’s example", exampleValidationLoss],
    ["the mean picture", meanImage],
    ["black", black],
  ] as const;
  return (
    <figure>
      <Table
        label="One error in four units"
        columns={[
          "what prints it",
          { numeric: "MSE" },
          { numeric: "pixels’ worth" },
          { numeric: "grey levels" },
          { numeric: "PSNR, dB" },
        ]}
      >
        <tbody>
          {rows.map(([name, mse]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="numeric">{fixed(mse)}</td>
              <td className="numeric">{pixelsWorth(mse)}</td>
              <td className="numeric">{fixed(255 * Math.sqrt(mse), 0)}</td>
              <td className="numeric">{fixed(-10 * Math.log10(mse), 1)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <figcaption>
        Pixels’ worth: MSE × 784, as if so many pixels were completely wrong. Grey levels: 255 · √MSE, a typical pixel’s
        error. PSNR of the mean error.
      </figcaption>
    </figure>
  );
}
