import { Button } from "@autoencoder/ui";
import { MachineLine } from "./machine-line.tsx";
import type { Job } from "./machine-training.ts";
import { paceOf, settingsOf, standOf, stateOf } from "./machine-words.ts";
import styles from "./on-this-machine.module.css";
import type { MachineJobs } from "./use-machine-jobs.ts";

/** One training: where it stands, its line, and what can be done with it. */
export function MachineJob({
  job,
  followed,
  asking,
  change,
}: { job: Job } & Pick<MachineJobs, "followed" | "asking" | "change">) {
  const { run, state, said, stopping } = job;
  const progress = state === "running" && followed?.run === run ? followed.progress : job.progress;
  const goesOn = state === "running";
  return (
    <li className={styles.job} data-run={run} data-state={state}>
      <h3>{run}</h3>
      <p className={styles.state}>{stateOf(job, progress)}</p>
      <p className={styles.settings}>{settingsOf(job.asked)}</p>
      {goesOn && <Passed progress={progress} label={`How much of ${run} is trained`} />}
      {progress && standOf(progress).length > 0 && (
        <p className={styles.numbers} data-part="stand">
          {standOf(progress).join(" · ")}
        </p>
      )}
      {progress && goesOn && <p className={styles.numbers}>{paceOf(progress).join(" · ")}</p>}
      {progress?.collapsed && <p className={styles.said}>It prints black: the training has collapsed.</p>}
      {progress && <MachineLine points={progress.points} epochs={progress.epochs} />}
      {said && <p className={styles.said}>{asSentence(said)}</p>}
      <div className={styles.buttons}>
        {(state === "running" || state === "waiting") && (
          <Button quiet disabled={asking || stopping} onClick={() => change((api) => api.cancel.mutate({ run }))}>
            {state === "waiting" ? "Take out of the queue" : "Save and stop"}
          </Button>
        )}
        {(state === "stopped" || state === "failed") && (
          <Button quiet disabled={asking} onClick={() => change((api) => api.resume.mutate({ run }))}>
            Go on
          </Button>
        )}
        {state === "finished" && (
          <>
            <a href={`/viewer?run=${run}`}>Open it in the viewer</a>
            <a href={`/runs/${run}/report`}>Its report</a>
          </>
        )}
      </div>
    </li>
  );
}

function asSentence(words: string): string {
  return `${words[0]?.toUpperCase()}${words.slice(1)}.`;
}

function Passed({ progress, label }: { progress: Job["progress"]; label: string }) {
  const { epochs = null, epoch = 0, batch = 0, batches } = progress ?? {};
  if (epochs === null || epoch === 0) return <progress className={styles.passed} aria-label={label} />;
  return (
    <progress className={styles.passed} aria-label={label} max={epochs} value={epoch - 1 + batch / (batches ?? 1)} />
  );
}
