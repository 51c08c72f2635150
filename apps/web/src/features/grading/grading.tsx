"use client";
import { type CheckId, grade, rubric } from "@autoencoder/model/grading";
import { Fold } from "@autoencoder/ui";
import { type ReactNode, useMemo } from "react";
import { CheckItem } from "./check-item.tsx";
import { useChecklist } from "./checklist.ts";
import styles from "./grading.module.css";
import { MarksTable } from "./marks-table.tsx";
import { Progress } from "./progress.tsx";
import type { GradedRun } from "./recompute.ts";
import { useRecompute } from "./use-recompute.ts";

export interface GradingProps {
  graded: GradedRun;
  /** Titles of chapters by slug. */
  titles: Readonly<Record<string, string>>;
  /** What a person needs to judge, by check. */
  judged: Readonly<Partial<Record<CheckId, ReactNode>>>;
  /** Rubric, weights and build; the date is added here. */
  printed: ReactNode;
}

/** A run's checklist: marks table, recomputation, checks. Nothing of it leaves this browser. */
export function Grading({ graded, titles, judged, printed }: GradingProps) {
  const recompute = useRecompute(graded);
  const { checklist, change } = useChecklist(graded.run);
  const results = useMemo(() => grade(recompute.evidence), [recompute.evidence]);
  const shown = recompute.phase === "looked" || recompute.phase === "going-on" || recompute.phase === "done";
  const set = <Part extends "ticks" | "estimate" | "overrides">(part: Part, id: CheckId, value: unknown) =>
    change((before) => {
      const { [id]: _, ...others } = before[part];
      return { ...before, [part]: value === undefined ? others : { ...others, [id]: value } };
    });
  return (
    <div className={styles.grading} data-phase={recompute.phase}>
      <MarksTable grade={results} checklist={checklist} shown={shown} />
      <Progress recompute={recompute} totals={graded.totals} />
      <div className={styles.printed} data-part="printed">
        <Fold summary="Which run, rubric and weights">{printed}</Fold>
        <div className={styles.paper}>{printed}</div>
        {recompute.at && shown && (
          <p>
            Checked on <time dateTime={recompute.at.toISOString()}>{recompute.at.toLocaleString("en-GB")}</time>
          </p>
        )}
      </div>
      {rubric.map(({ section, description, checks }, index) => (
        <section key={section} id={`row-${index + 1}`} aria-labelledby={`row-${index + 1}-title`}>
          <h2 id={`row-${index + 1}-title`}>{section}</h2>
          <p className="note">{description}</p>
          <ol className={styles.checks}>
            {checks.map(({ id }) => (
              <CheckItem
                key={id}
                result={results[id]}
                shown={shown}
                checklist={checklist}
                titles={titles}
                onTick={(ticked) => set("ticks", id, ticked)}
                onEstimate={(halves) => set("estimate", id, halves)}
                onOverride={(override) => set("overrides", id, override)}
              >
                {judged[id]}
              </CheckItem>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
