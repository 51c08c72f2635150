import { exampleValidationLoss } from "@autoencoder/model/grading";
import { currentRun } from "../../src/features/run/current-run.ts";
import { TableScroll } from "../../src/shared/table-scroll.tsx";

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
      <TableScroll label="One error in four units">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">what prints it</th>
              <th scope="col" className="numeric">
                MSE
              </th>
              <th scope="col" className="numeric">
                pixels’ worth
              </th>
              <th scope="col" className="numeric">
                grey levels
              </th>
              <th scope="col" className="numeric">
                PSNR, dB
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, mse]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="numeric">{mse.toFixed(4)}</td>
                <td className="numeric">{(mse * 784).toFixed(1)}</td>
                <td className="numeric">{(255 * Math.sqrt(mse)).toFixed(0)}</td>
                <td className="numeric">{(-10 * Math.log10(mse)).toFixed(1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <figcaption>
        Pixels’ worth: MSE × 784, as if so many pixels were completely wrong. Grey levels: 255 · √MSE, a typical pixel’s
        error. PSNR of the mean error.
      </figcaption>
    </figure>
  );
}
