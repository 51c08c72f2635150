import type { Metadata } from "next";
import { defaultSample } from "../../../../features/digit/server-data.ts";
import { Report } from "../../../../features/report/report.tsx";
import { currentRunResult } from "../../../../features/run/current-run.ts";
import { Failure } from "../../../../features/run/failure.tsx";
import { withPreview } from "../../../../features/shell/preview.ts";
import { defaultRun } from "../../../../shared/default-run.ts";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params;
  return withPreview({ title: `Report on the run ${name}` }, { sample: defaultSample, run: name });
}

/** What the assignment asks to hand in about a run. */
export default async function ReportPage() {
  const loaded = await currentRunResult();
  if (loaded.ok) return <Report run={loaded.value} />;
  return <Failure title="This run cannot be shown" {...loaded.problem} otherwise={`/runs/${defaultRun}/report`} />;
}
