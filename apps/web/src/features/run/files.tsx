import { type Run, type RunFile, runPaths, weightsBeside } from "@autoencoder/model/run";
import { fixed, Table } from "@autoencoder/ui";
import { Fragment } from "react";
import { fileAddress } from "../../shared/run-addresses.ts";
import { currentRun } from "./current-run.ts";
import styles from "./files.module.css";

/** A model's two files, as TensorFlow.js reads them. */
const layersModel = (path: string, what: string) =>
  [
    [path, `${what}: its layers`],
    [weightsBeside(path), `${what}: its weights`],
  ] as const;

/** What the files are: those that the assignment asks for, those for a page of one's own, and the rest. */
const described = {
  "hand-in": [
    [runPaths.lossCurvePng, "the loss curve"],
    [runPaths.reconstructions, "originals and reconstructions"],
    [runPaths.kerasEncoder, "the encoder, for Keras"],
    [runPaths.kerasDecoder, "the decoder, for Keras"],
    [runPaths.kerasAutoencoder, "the whole, for Keras"],
    [runPaths.history, "the history as a table"],
  ],
  tfjs: [
    ...layersModel(runPaths.encoder, "the encoder"),
    ...layersModel(runPaths.decoder, "the decoder"),
    ...layersModel(runPaths.autoencoder, "the whole"),
  ],
  rest: [
    [runPaths.lossCurveSvg, "the loss curve, to be printed at any size"],
    ...layersModel(runPaths.pageEncoder, "the encoder in half the bytes, for this site"),
    ...layersModel(runPaths.pageDecoder, "the decoder in half the bytes, for this site"),
    [runPaths.samples, "what the trainer computed for 100 test digits"],
    [runPaths.steps, "the loss of every batch"],
    [runPaths.testLatents, "the code of every test digit"],
    [runPaths.testErrors, "the errors of every test digit"],
    [runPaths.testActivations, "what every layer gives over the test digits"],
    [runPaths.projections, "maps of the codes"],
    [runPaths.statistics, "PCA’s errors, and how often a digit’s nearest is of its own class"],
    [runPaths.snapshots, "pictures and measurements from the first steps and from the end of every epoch"],
    [runPaths.drawing, "the reader’s drawing that it was trained on"],
  ],
} as const satisfies Record<string, readonly (readonly [path: string, what: string])[]>;

export type FileGroup = keyof typeof described;

/** The files of a group that the run has, in the group's order; what no group names is among the rest. */
export function filesOf(run: Run, group: FileGroup): (RunFile & { what: string })[] {
  const known = new Set<string>(Object.values(described).flatMap((files) => files.map(([path]) => path)));
  const unknown = run.files.filter(({ path }) => !known.has(path)).map(({ path }) => [path, ""] as const);
  return [...described[group], ...(group === "rest" ? unknown : [])].flatMap(([path, what]) => {
    const file = run.files.find((listed) => listed.path === path);
    return file ? [{ ...file, what }] : [];
  });
}

/** Files of the page's run, each with its size, its hash and a link that downloads it. */
export async function Files({ group = "hand-in" }: { group?: FileGroup }) {
  const run = await currentRun();
  return (
    <figure>
      <Table
        label={labels[group]}
        columns={["file", { numeric: "size" }, "SHA-256"]}
        className={styles.files}
        data-files={group}
      >
        <tbody>
          {filesOf(run, group).map(({ path, bytes, sha256, what }) => (
            <tr key={path}>
              <td>
                <a className={styles.download} href={fileAddress(run, path)} download={path.replaceAll("/", "-")}>
                  <Breakable path={path} />
                </a>
                {what && <div className="note">{what}</div>}
              </td>
              <td className="numeric">{size(bytes)}</td>
              <td>
                <Hash sha256={sha256} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {group === "hand-in" && (
        <figcaption>
          {run.files.length} files in all; the folder <code>artifacts/{run.name}/</code> holds them. A hash opens to its
          64 digits.
        </figcaption>
      )}
    </figure>
  );
}

const labels: Record<FileGroup, string> = {
  "hand-in": "Files to hand in",
  tfjs: "The models for TensorFlow.js",
  rest: "All other files of the run",
};

/** Its first digits; the whole of it, to be selected with one click, when it is opened. */
function Hash({ sha256 }: { sha256: string }) {
  return (
    <details className={styles.hash}>
      <summary>{sha256.slice(0, 8)}…</summary>
      <code>{sha256}</code>
    </details>
  );
}

export function size(bytes: number): string {
  return bytes < 1e6 ? `${fixed(bytes / 1e3, 1)} kB` : `${fixed(bytes / 1e6, 2)} MB`;
}

/** A path that may be broken after a mark within it, and not within a word. */
function Breakable({ path }: { path: string }) {
  return path.split(/(?<=[/_.])/).map((part, at) => (
    <Fragment key={`${at} ${part}`}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
