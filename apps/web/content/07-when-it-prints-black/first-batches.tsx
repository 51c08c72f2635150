import { Missing } from "../../src/features/chapter/missing.tsx";
import { collapsedRun, collapsedRunName, healthyRun } from "../../src/features/run/compared-runs.ts";
import { api } from "../../src/trpc/caller.ts";
import { StepsCurve } from "./steps-curve.tsx";

/** The first batches of the collapsed run and of one that learned. */
export async function FirstBatches() {
  const collapsed = await collapsedRun();
  if (!collapsed) return <Missing run={collapsedRunName} />;
  const healthy = await healthyRun();
  const runs = await Promise.all(
    [collapsed, ...(healthy ? [healthy] : [])].map(async (run) => {
      return { name: run.name, loss: await api.training.batchLosses(run) };
    }),
  );
  const shortest = Math.min(...runs.map(({ loss }) => loss.length));
  return <StepsCurve runs={runs} batches={Math.min(120, shortest)} />;
}
