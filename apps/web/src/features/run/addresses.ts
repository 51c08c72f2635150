import type { Run } from "@autoencoder/model/run";

/** `/files/RUN/SHA256/PATH`: an address whose bytes never change. @throws Error when the run has no such file */
export function fileAddress(run: Run, path: string): string {
  const file = run.files.find((listed) => listed.path === path);
  if (!file) throw new Error(`the run "${run.name}" has no file ${path}; train it again`);
  return `/files/${run.name}/${file.sha256}/${path}`;
}
