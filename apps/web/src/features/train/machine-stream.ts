import type { Job } from "./machine-training.ts";
import { follow, followedTraining } from "./machine-training.ts";

interface Listener {
  onJobs: (jobs: Job[]) => void;
  /** It broke off and is tried again, or has come back. */
  onLost: (lost: boolean) => void;
  /** This visitor may not train here any more. */
  onRefused: () => void;
}

/** Milliseconds after which a stream that ended is opened again. */
const again = 2000;

/** Opens the stream of this machine's trainings after the last event that came. Returns how to close it. */
export function openStream({ onJobs, onLost, onRefused }: Listener): () => void {
  let closed = false;
  let close = () => {};
  const open = async () => {
    const { trainApi } = await import("../../trpc/train-client.ts");
    if (closed) return;
    const later = () => {
      close();
      if (closed) return;
      onLost(true);
      const timer = setTimeout(open, again);
      close = () => clearTimeout(timer);
    };
    const { unsubscribe } = trainApi.events.subscribe(
      { lastEventId: followedTraining.read()?.last },
      {
        onData(told) {
          if (closed) return;
          if ("id" in told) followedTraining.write(follow(followedTraining.read(), told.id, told.data));
          else onJobs(told.jobs);
        },
        // The browser connects again by itself, and says then which event came last.
        onConnectionStateChange({ state, error }) {
          if (!closed && (state === "pending" || error)) onLost(state !== "pending");
        },
        onError({ data }) {
          if (data?.code === "FORBIDDEN" || data?.code === "UNAUTHORIZED") onRefused();
          else later();
        },
      },
    );
    close = unsubscribe;
  };
  void open();
  return () => {
    closed = true;
    close();
  };
}
