"use client";
import { Button } from "@autoencoder/ui";
import { useEffect, useState } from "react";
import styles from "./report.module.css";
import { type AnswerId, answerIds, notWritten, type TemplatePart } from "./report-template.ts";
import { TrainedAgain } from "./trained-again.tsx";
import { readText, useEmptyAnswers, useRefused } from "./use-text.ts";
import type { ReportPicture } from "./zip.ts";

interface HandInProps {
  run: string;
  /** Names the weights that the numbers on this page are of. */
  weights: string;
  template: readonly TemplatePart[];
  pictures: readonly ReportPicture[];
  headings: Readonly<Record<AnswerId, string>>;
}

/** What is still empty, and the two ways out: paper, and Markdown with its pictures in a zip. */
export function HandIn({ run, weights, template, pictures, headings }: HandInProps) {
  const [told, setTold] = useState<string[]>([]);
  const [ready, setReady] = useState(false);
  const refused = useRefused();
  useEffect(() => setReady(true), []);
  useEffect(() => {
    if (!refused) return;
    const ask = (event: Event) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [refused]);
  const download = async () => {
    setTold(["Packing …"]);
    const safe = refused
      ? "Copy your words before you load the page again."
      : "Load the page again; your words are kept.";
    setTold(
      await exportReport(run, template, pictures).catch((error: Error) => [
        `The report could not be packed: ${error.message}. ${safe}`,
      ]),
    );
  };
  return (
    <div className={styles.handIn}>
      <AnswerList run={run} headings={headings} />
      <TrainedAgain run={run} weights={weights} />
      {refused && (
        <p className="notice" role="alert" data-part="refused">
          This browser refuses to keep what you write; a private window or a full storage does that. Your words last
          until this page is closed: download the report before.
        </p>
      )}
      <p className={styles.buttons}>
        <Button disabled={!ready} onClick={download}>
          Download as Markdown (zip)
        </Button>
        <Button disabled={!ready} onClick={() => print()}>
          Print
        </Button>
      </p>
      <div aria-live="polite" className={styles.told} data-part="told">
        {!ready && <p>Downloading and printing need JavaScript.</p>}
        {told.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </div>
  );
}

/** Packs and hands over; what happened, in sentences. */
async function exportReport(
  run: string,
  template: readonly TemplatePart[],
  pictures: readonly ReportPicture[],
): Promise<string[]> {
  const { zipReport } = await import("./zip.ts");
  const answers = Object.fromEntries(answerIds.map((id) => [id, readText(run, id)])) as Record<AnswerId, string>;
  const { zip, missing } = await zipReport(template, pictures, { author: readText(run, "author"), answers });
  const name = `report-${run}.zip`;
  save(new Blob([zip], { type: "application/zip" }), name);
  const lost = Object.entries(missing).map(([path, why]) => `Without ${path}: ${why}`);
  return [`${name}: report.md and ${pictures.length - lost.length} of ${pictures.length} pictures.`, ...lost];
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a slow browser may still be reading it
}

/** Which answers are written: always as many lines, so that nothing moves when the texts are there. */
function AnswerList({ run, headings }: Pick<HandInProps, "run" | "headings">) {
  const empty = useEmptyAnswers(run);
  return (
    <ul className={styles.answers}>
      {answerIds.map((id) => (
        <li key={id}>
          <a href={`#${id}`}>{headings[id]}</a>
          <span data-empty={empty.includes(id)}>{empty.includes(id) ? notWritten : "written"}</span>
        </li>
      ))}
    </ul>
  );
}
