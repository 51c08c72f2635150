import type { Check } from "@autoencoder/model/grading";
import { Fold } from "@autoencoder/ui";
import type { Override } from "./checklist.ts";
import styles from "./grading.module.css";

/** Other marks for a check, which count once a reason is written. */
export function OverrideForm({
  check,
  override,
  onChange,
}: {
  check: Check;
  override: Override | undefined;
  onChange: (override: Override | undefined) => void;
}) {
  const { marks = 0, reason = "" } = override ?? {};
  const choices = Array.from({ length: check.marks * 2 + 1 }, (_, halves) => halves / 2);
  return (
    <Fold summary="Override" className={styles.overriding}>
      <div className={styles.form}>
        <label>
          Marks for {check.id}
          <select value={marks} onChange={(event) => onChange({ marks: Number(event.target.value), reason })}>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </select>
        </label>
        <label>
          Reason, printed with the marks
          <textarea rows={2} value={reason} onChange={(event) => onChange({ marks, reason: event.target.value })} />
        </label>
        <button type="button" className={styles.button} disabled={!override} onClick={() => onChange(undefined)}>
          Take it back
        </button>
        {override && reason.trim() === "" && (
          <p className="note" data-part="reason-wanted">
            It counts once a reason is written.
          </p>
        )}
      </div>
    </Fold>
  );
}
