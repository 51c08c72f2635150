"use client";
import {
  type Diagnosis,
  diagnose,
  type HistoryFormat,
  type LossKind,
  type LossLadder,
  type Pasted,
  readHistory,
} from "@autoencoder/model/history";
import { Button, fixed, Toggle } from "@autoencoder/ui";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { CodeToCopy } from "../../shared/code-to-copy.tsx";
import { type Advice, adviceFor, ofFaults, ofNothing, readingAs } from "./advice.tsx";
import { Course } from "./course.tsx";
import { examples } from "./examples.ts";
import { LadderTable } from "./ladder-table.tsx";
import styles from "./stuck.module.css";

const lossNames: Record<LossKind, string> = { mse: "mean squared error", bce: "binary cross-entropy" };

export interface StuckProps {
  ladder: LossLadder;
  /** By the name of a rung, what has its loss. */
  pictures: Readonly<Record<string, ReactNode>>;
}

/** Losses in; what was read, what it means and what mends it out. Nothing leaves the page. */
export function Stuck({ ladder, pictures }: StuckProps) {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<LossKind>();
  const settled = useDeferredValue(text); // a long text is read once the field has shown it
  const read = useMemo(() => readHistory(settled), [settled]);
  const diagnosis = useMemo(() => diagnosisOf(read, ladder, asked), [read, ladder, asked]);
  const readings = (["mse", "bce"] as const).map((loss) => diagnosisOf(read, ladder, loss)?.state);
  // Where either loss is possible, and the two mean different things.
  const both =
    diagnosis !== undefined && diagnosis.loss === undefined && diagnosis.value > 0 && readings[0] !== readings[1];
  const advice = adviceOf(read, diagnosis);
  const shownLoss = diagnosis?.loss ?? "mse";
  return (
    <figure className={styles.stuck}>
      <label>
        Your losses, or the error: what Keras printed, a history.csv, <code>history.history</code>, or one number
        <textarea
          rows={5}
          spellCheck={false}
          value={text}
          placeholder="loss: 0.1131 - val_loss: 0.1114"
          onChange={(event) => {
            setText(event.target.value);
            setAsked(undefined);
          }}
        />
      </label>
      <div className={styles.examples}>
        {text === "" ? (
          examples.map(({ name, pasted }) => (
            <Button key={name} quiet onClick={() => setText(pasted)}>
              {name}
            </Button>
          ))
        ) : (
          <Button quiet onClick={() => setText("")}>
            clear
          </Button>
        )}
      </div>
      {read.kind === "history" && (
        <div className={styles.read} data-part="read">
          <p>{sentenceOf(read)}</p>
          <Course points={read.points} />
        </div>
      )}
      {read.kind === "fault" && (
        <p className={styles.read} data-part="read">
          Read: <code>{read.line}</code>
        </p>
      )}
      {read.kind === "history" && diagnosis && diagnosis.value > 0 && (
        <div className={styles.asked}>
          <span>{both ? "Which loss did you compile with?" : "Judged as"}</span>
          <Toggle
            label="Which loss it is"
            options={["mse", "bce"] as const}
            value={asked ?? diagnosis.loss}
            onChoose={(loss) => setAsked(loss)}
            name={(loss) => (loss ? lossNames[loss] : "")}
          />
        </div>
      )}
      <div aria-live="polite">
        {both && read.kind === "history" ? (
          <div className="notice" data-state="which-loss" data-value={diagnosis.value}>
            <p>
              <b>This can be either loss.</b> The two count differently, so the same number means different things.
            </p>
            <ul>
              {(["mse", "bce"] as const).map((loss) => {
                const one = diagnosisOf(read, ladder, loss);
                return one && <li key={loss}>{readingAs(loss, one)}</li>;
              })}
            </ul>
          </div>
        ) : (
          advice && (
            <div
              className="notice"
              data-state={diagnosis?.state ?? stateOf(read)}
              data-value={diagnosis && String(diagnosis.value)}
            >
              <Told advice={advice} />
              {diagnosis?.gap && (
                <p>
                  The last validation losses are {fixed(diagnosis.gap, 2)} times the training losses: the network knows
                  its training pictures better than new ones.
                </p>
              )}
            </div>
          )
        )}
      </div>
      <LadderTable
        caption={`${lossNames[shownLoss]} on the validation images, logarithmic`}
        rungs={[...rungsOf(ladder, shownLoss), ...ownRung(diagnosis)].map((rung) => ({
          ...rung,
          picture: pictures[rung.name],
        }))}
      />
      <figcaption>Each picture is what you would see in place of one digit.</figcaption>
    </figure>
  );
}

function Told({ advice: { title, reason, code, chapter } }: { advice: Advice }) {
  return (
    <>
      <p>
        <b>{title}</b> {reason}
      </p>
      {code && <CodeToCopy code={code} />}
      {chapter && (
        <p>
          Why: <a href={`/chapters/${chapter.slug}`}>{chapter.name}</a>.
        </p>
      )}
    </>
  );
}

function diagnosisOf(read: Pasted, ladder: LossLadder, asked: LossKind | undefined): Diagnosis | undefined {
  if (read.kind !== "history") return undefined;
  return diagnose(read.points, ladder, { asked, unfinished: read.unfinished !== undefined });
}

function adviceOf(read: Pasted, diagnosis: Diagnosis | undefined): Advice | undefined {
  if (read.kind === "fault") return ofFaults[read.fault];
  if (read.kind === "nothing") return ofNothing[read.reason];
  return diagnosis && adviceFor(diagnosis);
}

function stateOf(read: Pasted): string | undefined {
  if (read.kind === "fault") return read.fault;
  return read.kind === "nothing" ? read.reason : undefined;
}

const formats: Record<HistoryFormat, string> = {
  keras: "Keras’s log",
  csv: "a table",
  dictionary: "a history’s dictionary",
  prints: "a loop’s prints",
  numbers: "bare numbers",
};

/** What was read, so that a misreading shows. */
function sentenceOf({ format, points, unfinished }: Extract<Pasted, { kind: "history" }>): string {
  const last = points.at(-1);
  const of = points.some(({ valLoss }) => valLoss !== undefined) ? "validation loss" : "loss";
  const count = `${points.length} ${points.length === 1 ? "epoch" : "epochs"}`;
  const middle = unfinished ? `, the last one at batch ${unfinished.batch} of ${unfinished.of}` : "";
  return `Read as ${formats[format]}: ${count}${middle}. The last ${of} is ${fixed(last?.valLoss ?? last?.loss ?? Number.NaN)}.`;
}

function rungsOf({ mse, bce }: LossLadder, loss: LossKind) {
  if (loss === "bce") {
    return [
      { name: "black", value: bce.black },
      { name: "one half everywhere", value: bce.half },
      { name: "one grey", value: bce.grey },
      { name: "the mean picture", value: bce.meanImage },
      { name: "a healthy run", value: bce.healthy },
      { name: "every pixel given back", value: bce.least },
    ];
  }
  return [
    { name: "one half everywhere", value: mse.half },
    { name: "black", value: mse.black },
    { name: "one grey", value: mse.grey },
    { name: "the mean picture", value: mse.meanImage },
    { name: "64 PCA numbers", value: mse.pca },
    { name: "the assignment’s example", value: mse.example },
  ];
}

function ownRung(diagnosis: Diagnosis | undefined) {
  return diagnosis && diagnosis.value > 0 && Number.isFinite(diagnosis.value)
    ? [{ name: "yours", value: diagnosis.value, own: true }]
    : [];
}
