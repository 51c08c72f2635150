"use client";
import { useId, useState } from "react";
import styles from "./report.module.css";
import { isEmpty, notWritten } from "./report-template.ts";
import { useRefused, useText } from "./use-text.ts";

interface FieldProps {
  run: string;
  id: string;
  label: string;
}

/** A place for the student's own words, saved with every key; on paper their text stands in its stead. */
export function AnswerField({ run, id, label }: FieldProps) {
  const [text, write] = useText(run, id);
  const refused = useRefused();
  const [opened, setOpened] = useState(false);
  const field = useId();
  const empty = isEmpty(text ?? "");
  return (
    <div className={styles.field}>
      <label htmlFor={field}>{label}</label>
      <textarea
        id={field}
        name={id}
        rows={7}
        disabled={text === undefined}
        data-opened={opened}
        data-empty={empty}
        value={text ?? ""}
        aria-describedby={`${field}-state`}
        onFocus={() => setOpened(true)}
        onChange={(event) => write(event.target.value)}
      />
      <p id={`${field}-state`} className={styles.state} data-empty={empty}>
        {stateOf(text, refused)}
      </p>
      <AsWritten text={text} />
    </div>
  );
}

/** The author's name, which a report may go without. */
export function AuthorField({ run }: { run: string }) {
  const [text, write] = useText(run, "author");
  const field = useId();
  return (
    <div className={styles.author}>
      <label htmlFor={field}>Author (may stay empty)</label>
      <input
        id={field}
        name="author"
        autoComplete="name"
        disabled={text === undefined}
        value={text ?? ""}
        onChange={(event) => write(event.target.value)}
      />
      {!isEmpty(text ?? "") && <p className={styles.asWritten}>Author: {text}</p>}
    </div>
  );
}

/** What is printed. */
function AsWritten({ text = "" }: { text?: string | undefined }) {
  const empty = isEmpty(text);
  return (
    <p className={styles.asWritten} data-empty={empty}>
      {empty ? notWritten : text}
    </p>
  );
}

function stateOf(text: string | undefined, refused: boolean): string {
  if (text === undefined) return "Writing needs JavaScript.";
  if (isEmpty(text)) return notWritten;
  const words = text.trim().split(/\s+/).length;
  return `${words} ${words === 1 ? "word" : "words"}, ${refused ? "not kept: export before you leave" : "kept in this browser"}`;
}
