import { RunList } from "../../features/runs/run-list.tsx";
import { withPreview } from "../../features/shell/preview.ts";
import { api } from "../../trpc/caller.ts";

export const generateMetadata = () =>
  withPreview(
    {
      title: "Runs and reports",
      description: "All trained networks of this site: how they did, and the report, grading and viewer of each.",
    },
    { sample: 90 },
  );

/** All published runs. */
export default async function RunsPage() {
  return (
    <article className="prose">
      <h1>Runs and reports</h1>
      <p>
        A run is one training: a folder under <code>artifacts/</code> with the network, its history and its pictures.
        All but the slim ones have a report to hand in.
      </p>
      <RunList entries={await api.runs.list()} />
    </article>
  );
}
