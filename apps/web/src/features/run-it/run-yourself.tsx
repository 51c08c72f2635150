import { trainEngines, trainOptions, writtenOption } from "@autoencoder/model/run";
import { fixed, integer, Table } from "@autoencoder/ui";
import { Fragment } from "react";
import { InlineCode } from "../../shared/inline-code.tsx";
import { drawnAddress } from "../../shared/run-addresses.ts";
import { api } from "../../trpc/caller.ts";
import { currentRun } from "../run/current-run.ts";
import { DigitRows } from "../run/digit-rows.tsx";
import styles from "./run-yourself.module.css";
import { technologies } from "./technologies.ts";

/** The tables of the page /run. */

/** Text whose words between backticks are code. */
function Written({ children }: { children: string }) {
  return children
    .split("`")
    .map((part, at) =>
      at % 2 === 1 ? <InlineCode key={at}>{part}</InlineCode> : <Fragment key={at}>{part}</Fragment>,
    );
}

/** How a digit of the page's run came out in its first steps and in its last epochs; nothing where that was not recorded. */
export async function FirstAndLast() {
  const run = await currentRun();
  const snapshots = await api.training.snapshots(run).catch(() => undefined);
  const early = snapshots?.moments[8];
  const late = snapshots?.moments.at(-10);
  if (!snapshots || !early || !late || late.step <= early.step) return null;
  const epoch = ({ step }: { step: number }) => integer(Math.round(step / snapshots.stepsPerEpoch));
  const last = snapshots.moments.at(-1) ?? late;
  const address = `${drawnAddress(run)}/snapshots/3.png`;
  return (
    <DigitRows
      rows={[
        {
          label: `a test digit, then steps 0 to ${integer(early.step)}`,
          address,
          at: "left",
          alt: "A test digit, and what the network makes of it in its first steps",
        },
        {
          label: `epochs ${epoch(late)} to ${epoch(last)}`,
          address,
          at: "right",
          alt: "The same digit after the last ten epochs",
        },
      ]}
      caption={
        <>
          What a training does, in the run <code>{run.name}</code>. <a href="/chapters/training">Training</a> shows all
          of it.
        </>
      }
    />
  );
}

/** The engines and what each needs, the one that needs least first. */
export function Engines() {
  const rows = [...trainEngines].reverse().map(({ name, what, needs }) => [name, what, needs] as const);
  return <Listing label="Engines" heads={["engine", "what it is", "what it needs"]} rows={rows} code />;
}

/** Options of the trainer. */
export function TrainOptions() {
  const rows = trainOptions.map((option) => [writtenOption(option), option.what] as const);
  return <Listing label="Options of npm run train" heads={["option", "what it does"]} rows={rows} code />;
}

/** What the project is made with, and what for. */
export function Technologies() {
  return <Listing label="Technologies" heads={["technology", "what it does here"]} rows={technologies} />;
}

interface ListingProps {
  label: string;
  heads: readonly string[];
  /** The first of a row is its head. */
  rows: readonly (readonly [string, ...string[]])[];
  /** Whether the heads of the rows are code. */
  code?: boolean;
}

function Listing({ label, heads, rows, code = false }: ListingProps) {
  return (
    <figure>
      <Table label={label} className={styles.listing}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{code ? <InlineCode>{name}</InlineCode> : name}</th>
              {cells.map((cell) => (
                <td key={cell}>
                  <Written>{cell}</Written>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </figure>
  );
}

/** What the loaded run was computed on, and how long that took. */
export async function TrainedOn() {
  const { name, engine, seconds, history } = await currentRun();
  const time = seconds < 120 ? `${fixed(seconds, 0)} seconds` : `${fixed(seconds / 60, 0)} minutes`;
  const threads = engine.workers === 1 ? "one thread" : `${engine.workers} threads`;
  return (
    <p>
      The run on this page, <code>{name}</code>, took {time} for {history.length}{" "}
      {history.length === 1 ? "epoch" : "epochs"}: engine <code>{engine.name}</code>, {threads} of {engine.device}.
    </p>
  );
}
