import { Button } from "@autoencoder/ui";
import { useEffect, useState } from "react";
import type { Lane } from "./lane.ts";
import type { Job } from "./machine-training.ts";
import { stateOf } from "./machine-words.ts";

/** Milliseconds between two looks at how far the trainer has come. */
const look = 1000;

/**
 * Hands what was trained to the trainer of the machine that serves the site, which makes a run of it: for viewer, chapters and
 * checklist. Only who may train there can; everybody else is told why, and what to do.
 */
export function BecomeRun({ lane }: { lane: Lane }) {
  const [job, setJob] = useState<Job>();
  const [handing, setHanding] = useState(false);
  const [problem, setProblem] = useState<string>();
  const goesOn = job?.state === "waiting" || job?.state === "running";

  const hand = async () => {
    setHanding(true);
    setProblem(undefined);
    try {
      const { trainApi } = await import("../../trpc/train-client.ts");
      const access = await trainApi.access.query();
      if (!access.allowed) throw new Error(access.why);
      const { run } = await trainApi.take.mutate(new Blob([await lane.export()]));
      setJob((await trainApi.list.query()).find((one) => one.run === run));
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setHanding(false);
    }
  };

  const run = job?.run;
  useEffect(() => {
    if (!goesOn) return;
    const timer = setInterval(async () => {
      const { trainApi } = await import("../../trpc/train-client.ts");
      // One that is not answered is asked again.
      const jobs = await trainApi.list.query().catch(() => []);
      setJob((known) => jobs.find((one) => one.run === run) ?? known);
    }, look);
    return () => clearInterval(timer);
  }, [goesOn, run]);

  return (
    <>
      <p>
        <Button quiet unavailable={handing || goesOn} onClick={() => void hand()}>
          {handing ? "handing it over …" : "make it a run of this site"}
        </Button>{" "}
        The trainer of the machine that serves this page ends the epoch, and measures the network on the 10,000 test
        digits. Viewer, chapters and checklist can show it then.
      </p>
      {job && (
        <p role="status" data-part="become-run" data-state={job.state}>
          {job.state === "finished" ? (
            <>
              {job.run} is a run of this site: <a href={`/viewer?run=${job.run}`}>open it in the viewer</a>,{" "}
              <a href={`/chapters/squeeze-and-rebuild?run=${job.run}`}>read the chapters with it</a>,{" "}
              <a href={`/grading?run=${job.run}`}>grade it</a>.
            </>
          ) : (
            `${job.run}: ${stateOf(job, job.progress)}${job.said ? `; ${job.said}` : ""}.`
          )}
        </p>
      )}
      {problem && (
        <p role="alert" className="notice">
          This page could not hand it over: {problem}. Download it instead; a copy of this project makes a run of it.
        </p>
      )}
    </>
  );
}
