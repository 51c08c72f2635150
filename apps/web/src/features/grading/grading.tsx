"use client";
import { type CheckId, grade, rubric } from "@autoencoder/model/grading";
import { type ReactNode, useMemo } from "react";
import { CheckItem } from "./check-item.tsx";
import type { Examined } from "./examine.ts";
import styles from "./grading.module.css";
import { useKept } from "./kept.ts";
import { MarksTable } from "./marks-table.tsx";
import { Progress } from "./progress.tsx";
import { useExamination } from "./use-examination.ts";

export interface GradingProps {
  examined: Examined;
  /** Titles of chapters by slug. */
  titles: Readonly<Record<string, string>>;
  /** What a person needs to judge, by check. */
  judged: Readonly<Partial<Record<CheckId, ReactNode>>>;
  /** Rubric, weights and build; the date is added here. */
  printed: ReactNode;
}

/** A run's checklist: marks table, examination, checks. Nothing of it leaves this browser. */
export function Grading({ examined, titles, judged, printed }: GradingProps) {
  const examination = useExamination(examined);
  const { kept, change } = useKept(examined.run);
  const results = useMemo(() => grade(examination.evidence), [examination.evidence]);
  const shown = examination.phase === "looked" || examination.phase === "going-on" || examination.phase === "done";
  const set = <Part extends "ticks" | "estimate" | "overrides">(part: Part, id: CheckId, value: unknown) =>
    change((before) => {
      const { [id]: _, ...others } = before[part];
      return { ...before, [part]: value === undefined ? others : { ...others, [id]: value } };
    });
  return (
    <div className={styles.grading} data-phase={examination.phase}>
      <MarksTable grade={results} kept={kept} shown={shown} />
      <Progress examination={examination} totals={examined.totals} />
      <div className={styles.printed} data-part="printed">
        {printed}
        {examination.at && shown && (
          <p>
            Checked on <time dateTime={examination.at.toISOString()}>{examination.at.toLocaleString("en-GB")}</time>
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
                kept={kept}
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
