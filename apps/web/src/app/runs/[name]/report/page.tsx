import type { Metadata } from "next";
import { Report } from "../../../../features/report/report.tsx";
import { Failure } from "../../../../features/run/failure.tsx";
import { defaultRun, serverRun } from "../../../../features/run/server-run.ts";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Report on the run ${(await params).name}` };
}

/** What the assignment asks to hand in about a run. */
export default async function ReportPage({ params }: Props) {
  const { name } = await params;
  const loaded = await serverRun(name);
  if (!loaded.ok) {
    const otherwise = `/runs/${defaultRun}/report`;
    return <Failure title="This run cannot be shown" problem={loaded.problem} {...{ name, otherwise }} />;
  }
  return <Report source={loaded.source} />;
}
