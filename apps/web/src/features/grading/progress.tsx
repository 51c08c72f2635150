import { integer } from "@autoencoder/ui";
import { Restarted } from "../digit/restarted.tsx";
import styles from "./grading.module.css";
import { pieceSize } from "./recompute.ts";
import type { Totals } from "./recomputed.ts";
import type { useRecompute } from "./use-recompute.ts";

interface ProgressProps {
  recompute: ReturnType<typeof useRecompute>;
  totals: Totals;
}

/** The button that belongs to where the recomputation is, and how far it has come. */
export function Progress({ recompute, totals }: ProgressProps) {
  const { client, phase, problem, done, look, goOn, stop } = recompute;
  const all = totals.validation + totals.test;
  const working = phase === "looking" || phase === "going-on";
  return (
    <div className={styles.progress} data-part="progress">
      {phase === "idle" && (
        <button type="button" className={styles.button} onClick={look}>
          Show the marks: first {pieceSize} images of each set
        </button>
      )}
      {phase === "looked" && (
        <button type="button" className={styles.button} onClick={goOn}>
          Check all {integer(all)} images
        </button>
      )}
      {working && (
        <>
          <label>
            {phase === "looking" ? "Looking at the first images …" : "Rebuilding every image …"}
            <progress max={all} value={done} />
          </label>
          <span className="number">
            {integer(done)} of {integer(all)}
          </span>
          <button type="button" className={styles.button} onClick={stop}>
            Stop
          </button>
        </>
      )}
      <p className="note" aria-live="polite">
        {phase === "idle" && "Loads the network, about 1 MB, and 2 MB of pictures."}
        {phase === "looked" &&
          "Values are means of the first images ± 1.96 standard errors. A mark counts where that interval clears its threshold; the others wait for all images."}
        {phase === "done" && done > 0 && "All images are in."}
      </p>
      {client && <Restarted client={client} />}
      {problem && (
        <p className="notice" role="alert">
          {problem} Nothing of what was computed before is lost; press again.
        </p>
      )}
    </div>
  );
}
