import { type Run, runPaths } from "@autoencoder/model/run";

/** Files that every run but a slim one has: what one hands in. */
const handedIn: readonly string[] = [runPaths.autoencoder, runPaths.reconstructions];

/** Whether a run was published with what the site draws with alone (`npm run train -- --slim`): nothing in it to hand in. */
export function isSlim({ files }: Pick<Run, "files">): boolean {
  const has = (path: string) => files.some((file) => file.path === path);
  return has(runPaths.pageEncoder) && !handedIn.some(has);
}
