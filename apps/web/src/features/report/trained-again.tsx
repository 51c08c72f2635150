"use client";
import { Button } from "@autoencoder/ui";
import { useEffect } from "react";
import styles from "./report.module.css";
import { answerIds } from "./report-template.ts";
import { useEmptyAnswers, useText } from "./use-text.ts";

/** Says when answers were written about other weights than the run has now: their numbers may no longer be its own. */
export function TrainedAgain({ run, weights }: { run: string; weights: string }) {
  const [written, write] = useText(run, "weights");
  const some = useEmptyAnswers(run).length < answerIds.length;
  useEffect(() => {
    if (some && written === "") write(weights);
  });
  if (!some || !written || written === weights) return null;
  return (
    <div className={`notice ${styles.trainedAgain}`} role="note" data-part="trained-again">
      <p>This run was trained again after you wrote. Hold the numbers in your answers against those beside them.</p>
      <Button onClick={() => write(weights)}>I have checked them</Button>
    </div>
  );
}
