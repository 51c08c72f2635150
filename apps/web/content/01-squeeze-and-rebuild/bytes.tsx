import { fixed, Table } from "@autoencoder/ui";
import { currentRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { pixelCount } from "../../src/shared/pixels.ts";
import { api } from "../../src/trpc/caller.ts";
import styles from "./bytes.module.css";

/** What a digit takes, four ways. */
export async function Bytes() {
  const latent = codeSize(await currentRun());
  const packed = await api.data.gzipBytes();
  const rows = [
    ["as MNIST has it, a byte a pixel", pixelCount],
    ["packed by gzip, exactly", packed],
    [`its code: ${latent} float32 numbers`, latent * 4],
    [`its code: ${latent} float16 numbers`, latent * 2],
  ] as const;
  return (
    <figure data-testid="bytes">
      <Table caption="Bytes for one digit" className={styles.table}>
        <tbody>
          {rows.map(([name, bytes]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <span className={styles.share}>
                  <span style={{ width: `${(bytes / pixelCount) * 100}%` }} />
                </span>
              </td>
              <td className="numeric">{fixed(bytes, 0)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <figcaption>gzip at its best level over the 10,000 test images together, divided by their number.</figcaption>
    </figure>
  );
}
