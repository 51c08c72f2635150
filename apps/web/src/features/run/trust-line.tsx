import { RunName } from "./run-name.tsx";
import { serverRun } from "./server-run.ts";

/** Which run a page speaks of. */
export async function TrustLine({ name }: { name: string }) {
  const loaded = await serverRun(name);
  if (!loaded.ok) return <p>No run is loaded: {loaded.problem}</p>;
  const { run } = loaded.source;
  return (
    <p>
      Run <RunName run={run} /> · seed {run.seed} · engine {run.engine.name} on {run.engine.device} · weights of{" "}
      <time dateTime={run.startedAt}>{run.startedAt.slice(0, 10)}</time>
    </p>
  );
}
