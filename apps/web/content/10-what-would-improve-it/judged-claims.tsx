"use client";
import { Button, Toggle } from "@autoencoder/ui";
import { useAnswer } from "../../src/shared/progress.ts";
import styles from "./judged-claims.module.css";

/** A statement of a report and what its figures say about it. */
export interface Claim {
  /** Names it in the reader's progress. */
  id: string;
  /** As the report has it. */
  words: string;
  figures: string;
  supported: boolean;
  because: string;
}

const judgements = ["supported", "not supported"] as const;

/** Claims to judge one after the other; the verdict of each waits for the reader's. */
export function JudgedClaims({ claims }: { claims: readonly Claim[] }) {
  return (
    <figure data-testid="referee">
      <ol className={styles.claims}>
        {claims.map((claim) => (
          <JudgedClaim key={claim.id} {...claim} />
        ))}
      </ol>
    </figure>
  );
}

function JudgedClaim({ id, words, figures, supported, because }: Claim) {
  const { answered, guess, answer, showMe } = useAnswer(id, judgements.length);
  const right = supported ? 0 : 1;
  return (
    <li data-claim={id} data-answered={answered}>
      <q>{words}</q>
      <p>{figures}</p>
      <div className={styles.judge}>
        <Toggle
          label={`Do the figures support it? ${words}`}
          options={[0, 1]}
          value={guess ?? -1}
          onChoose={answer}
          name={(at) => judgements[at]}
        />
        {!answered && (
          <Button quiet onClick={showMe}>
            show me
          </Button>
        )}
      </div>
      <div aria-live="polite">
        <p className={styles.verdict} data-part="verdict">
          <b>{supported ? "Supported" : "Not supported"}.</b> {guess === right && "You judged so too. "}
          {because}
        </p>
      </div>
    </li>
  );
}
