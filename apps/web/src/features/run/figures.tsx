import type { MDXComponents } from "mdx/types";
import { Curve } from "./curve.tsx";
import { type FileGroup, Files } from "./files.tsx";
import { Gallery } from "./gallery.tsx";
import { RunName } from "./run-name.tsx";
import type { RunSource } from "./run-source.ts";
import { Settings, SplitBar, Status } from "./settings.tsx";
import { Summaries } from "./summaries.tsx";
import { TestFigures } from "./test-figures.tsx";
import * as words from "./words.tsx";

/** The figures of "The run at a glance", drawn for one run. */
export function glanceFigures(source: RunSource): MDXComponents {
  const { run } = source;
  return {
    RunName: () => <RunName run={run} />,
    Status: () => <Status run={run} />,
    Settings: () => <Settings run={run} />,
    SplitBar: () => <SplitBar run={run} />,
    Summaries: () => <Summaries spec={run.spec} />,
    Curve: () => <Curve run={run} />,
    Gallery: () => <Gallery source={source} />,
    TestFigures: () => <TestFigures run={run} />,
    ReportLink: () => <a href={`/runs/${run.name}/report`}>the report of the run {run.name}</a>,
    Files: ({ group }: { group?: FileGroup }) => <Files source={source} {...(group && { group })} />,
    LatentSize: () => words.latentSize(run),
    Parameters: ({ part }: { part: "encoder" | "decoder" | "both" }) => words.parameters(run, part),
    OtherLoss: () => words.otherLoss(run),
    AfterFit: () => words.afterFit(run),
    Fell: () => words.fell(run),
    TestMse: () => words.testMse(run),
    Reason: () => words.biasReason(run),
    MultiplyAdds: () => words.multiplyAdds(run),
  };
}
