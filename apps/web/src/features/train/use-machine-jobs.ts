import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { useStored } from "../../shared/storage.ts";
import type { TrainAnswers, TrainQuestions, trainApi } from "../../trpc/train-client.ts";
import { openStream } from "./machine-stream.ts";
import { type Followed, followedTraining, type Job } from "./machine-training.ts";

/** Whether this visitor may train on the server's machine, and why not. */
export type Access = TrainAnswers["access"];
/** What is asked for: a recipe and the settings in which the training differs. */
export type Asked = TrainQuestions["start"];
/** Engines, recipes and limits. */
export type Offer = TrainAnswers["engines"];

export interface MachineJobs {
  /** Undefined until the server has answered. */
  access: Access | undefined;
  offer: Offer | undefined;
  jobs: readonly Job[] | undefined;
  followed: Followed | null;
  /** The stream broke off and is tried again. */
  lost: boolean;
  /** Why the last question was refused. */
  problem: string | undefined;
  /** Whether a question waits for its answer. */
  asking: boolean;
  /** Asks for a change. @returns whether it was made */
  change: (question: (api: typeof trainApi) => Promise<unknown>) => Promise<boolean>;
  /** Asks again who this visitor is. */
  enter: () => Promise<void>;
}

/**
 * The trainings of the machine that serves the site. Events come over one stream, which is open while one runs or waits and the
 * tab is to be seen.
 */
export function useMachineJobs(): MachineJobs {
  const [access, setAccess] = useState<Access>();
  const [offer, setOffer] = useState<Offer>();
  const [jobs, setJobs] = useState<readonly Job[]>();
  const [lost, setLost] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [asking, setAsking] = useState(false);
  const followed = useStored(followedTraining);
  const visible = useSyncExternalStore(
    subscribeVisibility,
    () => !document.hidden,
    () => false,
  );
  const allowed = access?.allowed === true;
  const busy = jobs?.some(({ state }) => state === "running" || state === "waiting") ?? false;

  const ask = useCallback<MachineJobs["change"]>(async (question) => {
    setAsking(true);
    try {
      const { trainApi } = await import("../../trpc/train-client.ts");
      await question(trainApi);
      setProblem(undefined);
      return true;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setAsking(false);
    }
  }, []);

  const change = useCallback<MachineJobs["change"]>(
    (question) =>
      ask(async (api) => {
        await question(api);
        setJobs(await api.list.query());
      }),
    [ask],
  );

  const enter = useCallback(async () => {
    await ask(async (api) => {
      const access = await api.access.query();
      setAccess(access);
      if (access.allowed) setOffer(await api.engines.query());
    });
  }, [ask]);

  useEffect(() => void enter(), [enter]);
  useEffect(() => {
    // Another tab may have started one meanwhile.
    if (allowed && visible) void ask(async (api) => setJobs(await api.list.query()));
  }, [allowed, visible, ask]);
  useEffect(() => {
    if (!allowed || !visible || !busy) return;
    return openStream({ onJobs: setJobs, onLost: setLost, onRefused: enter });
  }, [allowed, visible, busy, enter]);

  return { access, offer, jobs, followed, lost, problem, asking, change, enter };
}

function subscribeVisibility(changed: () => void): () => void {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}
