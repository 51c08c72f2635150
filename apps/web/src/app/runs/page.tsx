import type { Metadata } from "next";
import { RunList } from "../../features/runs/run-list.tsx";
import { api } from "../../trpc/caller.ts";

export const metadata: Metadata = {
  title: "Runs and reports",
  description: "All trained networks of this site: how they did, and the report, grading and viewer of each.",
};

/** All published runs. */
export default async function RunsPage() {
  return (
    <article className="prose">
      <h1>Runs and reports</h1>
      <p>
        A run is one training: a folder under <code>artifacts/</code> with the network, its history and its pictures.
        Each has a report to hand in.
      </p>
      <RunList entries={await api.runs.list()} />
    </article>
  );
}
