import { filmOfRun } from "../../src/features/chapter/film-data.ts";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { collapsedRun, collapsedRunName, healthyRun } from "../../src/features/run/compared-runs.ts";
import { defaultRun } from "../../src/shared/default-run.ts";
import { LiveFilm } from "./lazy.ts";

/** Two trainings one above the other, from the first step to the last: one that learns and one that dies. */
export async function Film() {
  const [healthy, collapsed] = [await healthyRun(), await collapsedRun()];
  if (!healthy) return <Missing run={defaultRun} />;
  if (!collapsed) return <Missing run={collapsedRunName} />;
  const films = await Promise.all([filmOfRun(healthy), filmOfRun(collapsed)]);
  const [above, below] = films;
  if (!above) return <Missing run={healthy.name} file="film" />;
  if (!below) return <Missing run={collapsed.name} file="film" />;
  return <LiveFilm above={above} below={below} black={healthy.baselines.black} />;
}
