import { mnistChecksums } from "@autoencoder/data";
import { rubricVersion } from "@autoencoder/model/grading";
import { type Run, runPaths, weightsBeside } from "@autoencoder/model/run";
import { chapters } from "../../../content/chapters.ts";
import { Calibration } from "../../features/grading/calibration.tsx";
import { Grading } from "../../features/grading/grading.tsx";
import { judgedEvidence } from "../../features/grading/judged-evidence.tsx";
import type { GradedRun } from "../../features/grading/recompute.ts";
import { RunChooser } from "../../features/grading/run-chooser.tsx";
import { WithoutScript } from "../../features/grading/without-script.tsx";
import { currentRunResult } from "../../features/run/current-run.ts";
import { Failure } from "../../features/run/failure.tsx";
import { RunName } from "../../features/run/run-name.tsx";
import { TenDigits } from "../../features/run/ten-digits.tsx";
import { withPreview } from "../../features/shell/preview.ts";
import { findFile, networkFiles } from "../../shared/run-addresses.ts";
import { api } from "../../trpc/caller.ts";

export const generateMetadata = () =>
  withPreview(
    {
      title: "The checklist",
      description: "The assignment’s marks, row by row, recomputed from the weights of a trained autoencoder.",
    },
    { sample: 10 },
  );

/** Test digits whose originals are looked for, among as many. */
const find = 1000;

/** The assignment's marks table for the run that `?run=` names. */
export default async function GradingPage() {
  const loaded = await currentRunResult();
  if (!loaded.ok) return <Failure title="This run cannot be graded" {...loaded.problem} />;
  const run = loaded.value;
  const graded = await gradedRun(run);
  return (
    <article className="prose">
      <h1>What this run shows, row by row.</h1>
      <p>
        An autoencoder is judged by how it rebuilds digits that it has never seen. The checklist grades the run{" "}
        <RunName run={run} />, not a person.
      </p>
      <TenDigits run={run} />
      <p>
        The assignment’s marks table is opened into checks. Most are recomputed from the weights, in this page, while
        you wait. Nothing that you enter is sent anywhere.
      </p>
      <RunChooser name={run.name} />
      <WithoutScript recorded={graded.recorded} />
      <Grading
        key={run.name}
        graded={graded}
        titles={Object.fromEntries(chapters.map(({ slug, title }) => [slug, title]))}
        judged={await judgedEvidence(run)}
        printed={<Printed run={run} build={await api.grading.pageBuild()} />}
      />
      <h2>What no checklist can know</h2>
      <p>
        What is <b>recorded</b> is believed. Weights do not remember how many epochs made them or which losses were
        printed on the way; only the end of a history can be held against them, and B2 does that.
      </p>
      <Calibration />
      <p className="note">
        A loss that stays at 0.11? <a href="/stuck">Stuck at 0.11</a> says why, and what to change.
      </p>
    </article>
  );
}

/** What the page needs to recompute this run's checks. */
async function gradedRun(run: Run): Promise<GradedRun> {
  const recorded = await api.grading.evidence(run);
  const { split, testImages } = run.dataset;
  const address = (file: string, set: string) => `/data/${mnistChecksums[file]}/${set}/`;
  return {
    run: run.name,
    network: recorded.blocked === undefined ? networkFiles(run) : undefined,
    recorded,
    totals: { validation: split.validation, test: testImages, find: Math.min(find, testImages) },
    sets: {
      test: address("t10k-images-idx3-ubyte", "test"),
      train: address("train-images-idx3-ubyte", "train"),
      firstValidation: (split.from ?? 0) + split.train,
    },
    picture: {
      address: findFile(run, runPaths.reconstructions)?.address,
      digits: await api.grading.drawnDigits(),
    },
  };
}

/** What a printed result has to name. */
function Printed({ run, build }: { run: Run; build: string }) {
  const hash = (path: string) => findFile(run, weightsBeside(path))?.sha256 ?? "missing";
  return (
    <>
      <p>
        Run {run.name} · rubric version {rubricVersion} · page build {build}
      </p>
      <p>Weights of the encoder, SHA-256 {hash(runPaths.pageEncoder)}</p>
      <p>Weights of the decoder, SHA-256 {hash(runPaths.pageDecoder)}</p>
    </>
  );
}
