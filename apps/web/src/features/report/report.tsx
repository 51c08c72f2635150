import { type Run, runPaths } from "@autoencoder/model/run";
import { Fold, Table } from "@autoencoder/ui";
import type { ReactNode } from "react";
import { success } from "../../shared/result.ts";
import { remoteFile, weightsKey } from "../../shared/run-addresses.ts";
import { api } from "../../trpc/caller.ts";
import { Curve } from "../run/curve.tsx";
import { Files } from "../run/files.tsx";
import { RunName } from "../run/run-name.tsx";
import { MissingPicture, Picture, type RunPicture } from "../run/run-picture.tsx";
import { Settings, Status } from "../run/settings.tsx";
import { Summaries } from "../run/summaries.tsx";
import { TenDigits } from "../run/ten-digits.tsx";
import { TestErrors } from "../run/test-errors.tsx";
import { AnswerField, AuthorField } from "./answer-field.tsx";
import { HandIn } from "./hand-in.tsx";
import { reportTemplate } from "./markdown.ts";
import { type ReportQuestion, reportQuestions } from "./questions.ts";
import styles from "./report.module.css";
import { type AnswerId, answerIds } from "./report-template.ts";
import { biasReason, differencesIntroduction, introduction } from "./sentences.ts";
import { differencesTable, filesTable, type TextTable, technologiesTable } from "./tables.ts";
import type { ReportPicture } from "./zip.ts";

/** What a student hands in about a run: its data as they are, and five answers that only the student can write. */
export async function Report({ run }: { run: Run }) {
  const questions = reportQuestions(run);
  const [curve, digits] = await Promise.all([
    api.runs.picture({ name: run.name, path: runPaths.lossCurvePng }),
    api.runs.picture({ name: run.name, path: runPaths.reconstructions }),
  ]);
  const headings = Object.fromEntries(answerIds.map((id) => [id, questions[id].heading])) as Record<AnswerId, string>;
  /** A question's section: its heading, what is to be looked at, and the answer. */
  const section = (id: AnswerId, content?: ReactNode) => (
    <>
      <h2 id={id}>{headings[id]}</h2>
      {content}
      <Answer run={run.name} question={questions[id]} />
    </>
  );
  return (
    <article className={`prose ${styles.report}`}>
      <Opening run={run} />
      <Network run={run} />
      {section("loss-curve", <Losses picture={curve} />)}
      {section("reconstructions", <Reconstructions run={run} picture={digits} />)}
      {section("bottleneck")}
      {section("labels")}
      <Tools run={run} />
      {section("conclusion")}
      <section className={styles.screen} aria-labelledby="hand-in">
        <h2 id="hand-in">Hand in</h2>
        <HandIn
          run={run.name}
          weights={weightsKey(run)}
          template={reportTemplate(run)}
          pictures={[curve, digits].map((picture) => asked(picture, run))}
          headings={headings}
        />
      </section>
    </article>
  );
}

function Opening({ run }: { run: Run }) {
  return (
    <>
      <h1>A convolutional autoencoder on {run.dataset.name}</h1>
      <p>
        Report on the run <RunName run={run} />.
      </p>
      <TenDigits run={run} />
      <AuthorField run={run.name} />
      <div className={`notice ${styles.screen}`} role="note">
        <p>
          Numbers, tables and figures are computed from the run. The {answerIds.length} answers are yours: they stay in
          this browser and are exported as you wrote them. <a href="#hand-in">Print or download</a> at the end.
        </p>
      </div>
      <Status run={run} />
      <p>{introduction(run)}</p>
    </>
  );
}

/** What was trained, and how. */
function Network({ run }: { run: Run }) {
  const [differences, reason] = [differencesTable(run), biasReason(run)];
  return (
    <>
      <h2>Summary of the network</h2>
      <Summaries />
      <h2>Settings</h2>
      <Settings />
      <h2>What differs from the assignment</h2>
      <p>{differencesIntroduction(differences)}</p>
      {differences.rows.length > 0 && <Texts label="What differs from the assignment" table={differences} />}
      {reason && (
        <p>
          {reason}{" "}
          <a className={styles.screen} href="/chapters/when-it-prints-black">
            Why, with the evidence
          </a>
        </p>
      )}
    </>
  );
}

function Losses({ picture: { path, result } }: { picture: RunPicture }) {
  return (
    <>
      <Curve />
      {!result.ok && <MissingPicture path={path} problem={result.problem} />}
    </>
  );
}

function Reconstructions({ run, picture }: { run: Run; picture: RunPicture }) {
  return (
    <>
      <Picture
        picture={picture}
        run={run}
        alt="Ten test digits, each above its reconstruction"
        caption="as the trainer drew it from the test images."
      />
      <TestErrors />
    </>
  );
}

/** What was used, and what came of it. */
function Tools({ run }: { run: Run }) {
  return (
    <>
      <h2>Technologies used</h2>
      <Texts label="Technologies used" table={technologiesTable(run)} />
      <h2>Files</h2>
      <div className={styles.screen}>
        <Files />
      </div>
      <div className={styles.paper}>
        <Texts label="Files with their whole hashes" table={filesTable(run)} />
      </div>
    </>
  );
}

/** A question, the run's numbers beside it, the place for an answer, and a teacher's answer behind a fold. */
function Answer({ run, question }: { run: string; question: ReportQuestion }) {
  return (
    <section className={`wide ${styles.answer}`} aria-label={`${question.heading}: your answer`}>
      <div>
        <h3>What the run says</h3>
        <ul>
          {question.numbers.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
      <div>
        <AnswerField run={run} id={question.id} label={question.question} />
        <Fold summary="Show a model answer (after yours)" className={styles.screen} data-part="model-answer">
          <p>{question.modelAnswer}</p>
          <p className="note">A teacher’s, from this run’s numbers. It is never exported or printed.</p>
        </Fold>
      </div>
    </section>
  );
}

function Texts({ label, table: { head, rows } }: { label: string; table: TextTable }) {
  return (
    <Table label={label} columns={head} data-table={label}>
      <tbody>
        {rows.map(([name, ...cells]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {cells.map((cell, at) => (
              <td key={at}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function asked({ path, result }: RunPicture, run: Run): ReportPicture {
  return { path, file: result.ok ? success(remoteFile(run, path)) : result };
}
