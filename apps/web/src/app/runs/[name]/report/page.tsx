import type { Metadata } from "next";
import { Report } from "../../../../features/report/report.tsx";
import { currentRunResult } from "../../../../features/run/current-run.ts";
import { Failure } from "../../../../features/run/failure.tsx";
import { defaultRun } from "../../../../shared/default-run.ts";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Report on the run ${(await params).name}` };
}

/** What the assignment asks to hand in about a run. */
export default async function ReportPage() {
  const loaded = await currentRunResult();
  if (loaded.ok) return <Report run={loaded.value} />;
  return <Failure title="This run cannot be shown" {...loaded.problem} otherwise={`/runs/${defaultRun}/report`} />;
}
