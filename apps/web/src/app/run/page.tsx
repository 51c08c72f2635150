import { currentRunResult } from "../../features/run/current-run.ts";
import { Failure } from "../../features/run/failure.tsx";
import { guarded } from "../../features/run/guarded.tsx";
import RunItYourself from "../../features/run-it/run-it-yourself.mdx";
import { withPreview } from "../../features/shell/preview.ts";

export const generateMetadata = () =>
  withPreview(
    {
      title: "Run it yourself",
      description:
        "The commands that serve this site and train the network: on your machine, on a GPU, or in Google Colab; the options and the four engines.",
    },
    { sample: 60 },
  );

/** Commands, engines, a machine with a GPU, Colab. */
export default async function RunPage() {
  const loaded = await currentRunResult();
  if (!loaded.ok) return <Failure title="This run cannot be shown" {...loaded.problem} />;
  return <article className="prose">{guarded(RunItYourself({}))}</article>;
}
