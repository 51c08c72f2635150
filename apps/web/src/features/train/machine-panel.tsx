import { Button } from "@autoencoder/ui";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { CodeToCopy } from "../../shared/code-to-copy.tsx";
import { command } from "./machine-command.ts";
import { MachineForm } from "./machine-form.tsx";
import { MachineJob } from "./machine-job.tsx";
import { announcementOf } from "./machine-words.ts";
import styles from "./on-this-machine.module.css";
import { type MachineJobs, useMachineJobs } from "./use-machine-jobs.ts";

/** Trainings by the trainer itself: what can be started, and what has been. */
export function MachinePanel() {
  const machine = useMachineJobs();
  const { access, offer, jobs, followed, lost, problem } = machine;
  return (
    <>
      {machine.asking && !access?.allowed && <p className={styles.said}>Asking this machine …</p>}
      {access?.allowed && !offer && !problem && <p className={styles.said}>Looking which engines can start here …</p>}
      {access?.allowed === false && <Refused why={access.why} takesToken={access.takesToken} machine={machine} />}
      {access?.allowed && (
        <>
          {offer && <MachineForm offer={offer} asking={machine.asking} change={machine.change} />}
          {lost && <p className={styles.said}>The server does not answer; this page tries again.</p>}
          {jobs && jobs.length > 0 && (
            <ul className={styles.jobs}>
              {jobs.map((job) => (
                <MachineJob
                  key={job.run}
                  job={job}
                  followed={followed}
                  asking={machine.asking}
                  change={machine.change}
                />
              ))}
            </ul>
          )}
          <Announced followed={followed} />
        </>
      )}
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** Milliseconds between two sentences that a screen reader speaks, where epochs are short. */
const pause = 10_000;

/** Says how the training goes on to those who do not see it. */
function Announced({ followed }: Pick<MachineJobs, "followed">) {
  const [said, setSaid] = useState("");
  const last = useRef(0);
  const text = followed ? announcementOf(followed.run, followed.progress) : "";
  const ended = followed !== null && ["published", "stopped", "failed"].includes(followed.progress.phase);
  useEffect(() => {
    const rest = ended ? 0 : Math.max(0, last.current + pause - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setSaid(text);
    }, rest);
    return () => clearTimeout(timer);
  }, [text, ended]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {said}
    </p>
  );
}

/** Why this visitor may not train here, with the command that trains instead, and a field for the token where there is one. */
function Refused({ why, takesToken, machine }: { why: string; takesToken: boolean; machine: MachineJobs }) {
  const [token, setToken] = useState("");
  const id = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await machine.change((api) => api.unlock.mutate({ token }))) await machine.enter();
  };
  return (
    <>
      <p>This page cannot start a training on the machine that serves it: {why}.</p>
      <CodeToCopy code={command} />
      {takesToken && (
        <form className={styles.token} onSubmit={submit}>
          <label htmlFor={id}>
            Token
            <input
              id={id}
              type="password"
              autoComplete="off"
              required
              value={token}
              onChange={({ target }) => setToken(target.value)}
            />
          </label>
          <Button type="submit" disabled={machine.asking}>
            Enter
          </Button>
        </form>
      )}
    </>
  );
}
