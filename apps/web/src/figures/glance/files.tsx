import { type Run, type RunFile, runPaths } from "@autoencoder/model/run";
import type { RunSource } from "../../run-source/run-source.ts";
import { TableScroll } from "../table-scroll.tsx";

/** What the files are that the assignment asks for, and the others. */
const described: readonly [string, string][] = [
  [runPaths.lossCurvePng, "the loss curve"],
  [runPaths.reconstructions, "originals and reconstructions"],
  [runPaths.kerasEncoder, "the encoder, for Keras"],
  [runPaths.kerasDecoder, "the decoder, for Keras"],
  [runPaths.kerasAutoencoder, "the whole, for Keras"],
  [runPaths.history, "the history as a table"],
];

/** The files to hand in, those that the run lists. */
export function filesToHandIn(run: Run): (RunFile & { what: string })[] {
  return described.flatMap(([path, what]) => {
    const file = run.files.find((listed) => listed.path === path);
    return file ? [{ ...file, what }] : [];
  });
}

/** The files to hand in, with size, hash and download. */
export function Files({ source }: { source: RunSource }) {
  const files = filesToHandIn(source.run);
  return (
    <figure>
      <TableScroll label="Files of the run">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">file</th>
              <th scope="col" className="numeric">
                size
              </th>
              <th scope="col" className="numeric">
                SHA-256
              </th>
            </tr>
          </thead>
          <tbody>
            {files.map(({ path, bytes, sha256, what }) => (
              <tr key={path}>
                <td>
                  <a className="download" href={source.address(path)} download={path}>
                    {path}
                  </a>
                  <div className="note">{what}</div>
                </td>
                <td className="numeric">{size(bytes)}</td>
                <td className="numeric">{sha256.slice(0, 12)}…</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <figcaption>
        {source.run.files.length} files in all; the folder <code>artifacts/{source.run.name}/</code> holds them.
      </figcaption>
    </figure>
  );
}

export function size(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}
