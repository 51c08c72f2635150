import type { RunResult } from "./current-run.ts";
import { RunName } from "./run-name.tsx";

/** Which run a page speaks of. */
export function TrustLine({ result }: { result: RunResult }) {
  if (!result.ok) return <p>No run is loaded: {result.problem.sentence}</p>;
  const run = result.value;
  return (
    <p>
      Run <RunName run={run} /> · seed {run.seed} · engine {run.engine.name} on {run.engine.device} · weights of{" "}
      <time dateTime={run.startedAt}>{run.startedAt.slice(0, 10)}</time>
    </p>
  );
}
