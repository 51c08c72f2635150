import { exampleValidationLoss } from "@autoencoder/model/grading";
import { fixed, Table } from "@autoencoder/ui";
import { currentRun } from "../../src/features/run/current-run.ts";
import { pixelsWorth } from "../../src/features/run/numbers.ts";
import { api } from "../../src/trpc/caller.ts";

/** One error in four units, on the test images; the example reports its validation loss only. */
export async function Units() {
  const run = await currentRun();
  const { black, meanImage } = await api.data.testBaselines();
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
        Means over the 10,000 test digits; the example reports only its validation loss. Pixels’ worth: MSE × 784, as if
        so many pixels were completely wrong. Grey levels: 255 · √MSE, the root mean square of a pixel’s error. PSNR:
        that of the mean error.
      </figcaption>
    </figure>
  );
}
