import type { Check, Result, Total } from "@autoencoder/model/grading";
import { Fold } from "@autoencoder/ui";
import type { ReactNode } from "react";
import { type Checklist, type Override, overrideOf } from "./checklist.ts";
import styles from "./grading.module.css";
import { marksOf, printed } from "./marks.ts";
import { OverrideForm } from "./override-form.tsx";

export interface CheckItemProps {
  result: Result;
  /** Whether marks may be seen: not before the student has had the time to estimate them. */
  shown: boolean;
  checklist: Checklist;
  /** Titles of chapters by slug. */
  titles: Readonly<Record<string, string>>;
  /** What a person needs to judge, for the checks that are judged. */
  children: ReactNode;
  onTick: (ticked: boolean) => void;
  onEstimate: (halves: number) => void;
  onOverride: (override: Override | undefined) => void;
}

/** One check: its rule or what was found, on one line; its marks; why they were lost and where that is explained. */
export function CheckItem(props: CheckItemProps) {
  const { result, shown, checklist, children } = props;
  const { check, line } = result;
  const judged = check.badge === "judged";
  const marks = marksOf(result, checklist);
  const override = overrideOf(checklist, check.id);
  const seen = shown || judged;
  return (
    <li className={styles.check} data-check={check.id} data-marks={seen ? printed(marks) : undefined}>
      <h3>
        <span className={styles.id}>{check.id}</span> {check.title}{" "}
        <span className={styles.badge} data-badge={check.badge}>
          {check.badge}
        </span>
      </h3>
      <p className={styles.line} data-part="line">
        {shown ? line : check.rule}
        {seen && (
          <span className={styles.verdict}>
            {" → "}
            <b data-state={judged ? undefined : stateOf(marks, check)}>
              {printed(marks)} of {check.marks}
            </b>
          </span>
        )}
      </p>
      {override && (
        <p className={styles.override} data-part="override">
          Override by a person: {override.marks} of {check.marks}
          {!judged && shown && `, not ${printed(result)}`}. {override.reason}
        </p>
      )}
      {shown && result.reason && <Lost {...props} />}
      {judged && <Tick check={check} ticked={Boolean(checklist.ticks[check.id])} onTick={props.onTick} />}
      {!judged && <EstimateTicks {...props} />}
      {children}
      <div className={styles.folds}>
        <Fold summary="Why this rule">
          {shown && <p className={styles.rule}>{check.rule}.</p>}
          <p>{check.why}</p>
        </Fold>
        <OverrideForm check={check} override={checklist.overrides[check.id]} onChange={props.onOverride} />
      </div>
    </li>
  );
}

function stateOf({ least, most }: Total, { marks }: Check): "full" | "less" | "open" {
  if (least !== most) return "open";
  return least === marks ? "full" : "less";
}

function Lost({ result: { reason, lesson, least, most }, titles }: CheckItemProps) {
  return (
    <p className={styles.lost} data-part="reason" data-open={least !== most || undefined}>
      {least === most ? "Lost" : "Open"}: {reason}.
      {lesson && (
        <>
          {" "}
          {lesson.mend} Explained in <a href={`/chapters/${lesson.chapter}`}>{titles[lesson.chapter]}</a>:{" "}
          {lesson.figure}.
        </>
      )}
    </p>
  );
}

function Tick({ check, ticked, onTick }: { check: Check; ticked: boolean; onTick: (ticked: boolean) => void }) {
  return (
    <label className={styles.tick}>
      <input type="checkbox" checked={ticked} onChange={(event) => onTick(event.target.checked)} />
      {check.marks} marks: yes, I have seen it
    </label>
  );
}

/** A tick for each half mark that the student expects; fixed once the marks are shown. */
function EstimateTicks({ result: { check }, shown, checklist, onEstimate }: CheckItemProps) {
  const expected = checklist.estimate[check.id];
  if (shown) return expected === undefined ? null : <p className={styles.expected}>Your estimate: {expected / 2}</p>;
  return (
    <fieldset className={styles.estimate}>
      <legend className="visually-hidden">Half marks that you expect for {check.id}</legend>
      {Array.from({ length: check.marks * 2 }, (_, at) => at + 1).map((half) => (
        <label key={half}>
          <input
            type="checkbox"
            checked={(expected ?? 0) >= half}
            onChange={(event) => onEstimate(event.target.checked ? half : half - 1)}
          />
          {half === 1 ? "I expect ½" : "and ½ more"}
        </label>
      ))}
    </fieldset>
  );
}
