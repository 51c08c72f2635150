import type { Run } from "@autoencoder/model/run";
import { fixed, integer, printedLoss, printedPsnr, Table } from "@autoencoder/ui";
import { currentRun } from "./current-run.ts";
import { pixelsWorth } from "./numbers.ts";

/** A line for each digit and one for all: name, count, MSE, pixels' worth, PSNR, SSIM. */
export function testRows({ test, dataset }: Run): [name: string, ...cells: string[]][] {
  const rows = [
    ...test.perDigit.map(({ digit, ...rest }) => ({ name: `digit ${digit}`, ...rest })),
    { name: "all", count: dataset.testImages, mse: test.mse, psnr: test.psnr, ssim: test.ssim },
  ];
  return rows.map(({ name, count, mse, psnr, ssim }) => [
    name,
    integer(count),
    printedLoss(mse),
    pixelsWorth(mse),
    printedPsnr(psnr),
    fixed(ssim, 3),
  ]);
}

/** Error and similarity on the test images, over all and by digit. */
export async function TestErrors() {
  const run = await currentRun();
  return (
    <figure>
      <Table
        label="Error on the test images, by digit"
        columns={[
          "test images",
          { numeric: "count" },
          { numeric: "MSE" },
          { numeric: "pixels’ worth" },
          { numeric: "PSNR, dB" },
          { numeric: "SSIM" },
        ]}
        data-table="test"
      >
        <tbody>
          {testRows(run).map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={at} className="numeric">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      <figcaption>
        MSE × 784 is the error in pixels’ worth: as if so many pixels of a digit were completely wrong. PSNR and SSIM
        are means over the images; SSIM looks through a Gaussian window of σ 1.5 and is 1 for equal pictures.
      </figcaption>
    </figure>
  );
}
