import { type Run, runPaths, weightsBeside } from "@autoencoder/model/run";
import type { NetworkFiles, RemoteFile } from "../network/procedures.ts";

/** Where the site serves what belongs to a run. */

/** `/files/RUN/SHA256/PATH`: an address whose bytes never change. @throws Error when the run has no such file */
export function fileAddress(run: Run, path: string): string {
  return remoteFile(run, path).address;
}

/** A file of a run as the page fetches and checks it. @throws Error when the run has no such file */
export function remoteFile(run: Run, path: string): RemoteFile {
  const file = findFile(run, path);
  if (!file) throw new Error(`the run "${run.name}" has no file ${path}; train it again`);
  return file;
}

/** The same of a file that a run may lack. */
export function findFile(run: Run, path: string): RemoteFile | undefined {
  const file = run.files.find((listed) => listed.path === path);
  return file && { address: `/files/${run.name}/${file.sha256}/${path}`, bytes: file.bytes, sha256: file.sha256 };
}

/** A run's network as the model worker opens it. @throws Error when the run lacks a file */
export function networkFiles(run: Run): NetworkFiles {
  const part = (path: string) => ({ model: remoteFile(run, path), weights: remoteFile(run, weightsBeside(path)) });
  const { name, spec } = run;
  return { run: name, spec, encoder: part(runPaths.pageEncoder), decoder: part(runPaths.pageDecoder) };
}

/** Where the server draws pictures of a run; the weights in it make that an answer never changes. */
export function drawnAddress(run: Run): string {
  return `/drawn/${run.name}/${weightsKey(run)}`;
}

/** SHA-256 of the weights that the page computes with, encoder's and decoder's: names the network in the session's storage. */
export function weightsKey(run: Run): string {
  return [runPaths.pageEncoder, runPaths.pageDecoder]
    .map((path) => findFile(run, weightsBeside(path))?.sha256 ?? "")
    .join("");
}
