import type { Run } from "@autoencoder/model/run";
import { headers } from "next/headers";
import { cache } from "react";
import { defaultRun } from "../../shared/default-run.ts";
import { type Problem, type Result, success } from "../../shared/result.ts";
import { runHeader } from "../../shared/run-header.ts";
import { api } from "../../trpc/caller.ts";

/** Why a run cannot be shown. */
export interface RunProblem extends Problem<"run-unavailable"> {
  readonly name: string;
}

export type RunResult = Result<Run, RunProblem>;

/** A run by its name, once for each request. */
export const findRun = cache(async (name: string): Promise<RunResult> => {
  try {
    return success(await api.runs.get({ name }));
  } catch (error) {
    return { ok: false, problem: { code: "run-unavailable", sentence: (error as Error).message, name } };
  }
});

/** The run that the page's address asks for, in its path or as `?run=`; `proxy.ts` hands it on in a header. */
export async function currentRunResult(): Promise<RunResult> {
  return findRun(runHeader.read(await headers()) ?? defaultRun);
}

/** The same for figures, which stand only on pages that have a run. @throws RunUnavailable */
export async function currentRun(): Promise<Run> {
  const result = await currentRunResult();
  if (!result.ok) throw new RunUnavailable(result.problem);
  return result.value;
}

/** A figure was drawn on a page whose run cannot be shown: the page has to look at `currentRunResult` first. */
export class RunUnavailable extends Error {
  constructor({ name, sentence }: RunProblem) {
    super(`the run "${name}" cannot be shown: ${sentence}`);
    this.name = "RunUnavailable";
  }
}
