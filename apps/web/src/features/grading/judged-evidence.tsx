import type { CheckId } from "@autoencoder/model/grading";
import { recipes } from "@autoencoder/model/recipes";
import { type Run, runPaths } from "@autoencoder/model/run";
import { Fold, fixed, integer, printedLoss, printedPsnr, Table } from "@autoencoder/ui";
import type { ReactNode } from "react";
import { CodeBlock } from "../../shared/code-block.tsx";
import { findFile } from "../../shared/run-addresses.ts";
import { api } from "../../trpc/caller.ts";
import { codeSize, extremeDigits, parametersOf } from "../run/numbers.ts";
import styles from "./grading.module.css";

/** What a person needs to judge the last row: command and log, the run's numbers with their source, three questions. */
export async function judgedEvidence(run: Run): Promise<Partial<Record<CheckId, ReactNode>>> {
  const { shifted } = await api.data.testBaselines();
  return {
    D1: <CleanStart run={run} />,
    D3: <Numbers run={run} />,
    D4: <Questions run={run} shifted={shifted} />,
  };
}

function CleanStart({ run }: { run: Run }) {
  const recipe = Object.hasOwn(recipes, run.recipe.name) ? run.recipe.name : `${run.recipe.name}.json`;
  const last = run.history.at(-1)?.valLoss;
  const log = findFile(run, runPaths.history)?.address;
  return (
    <div className={styles.evidence}>
      <CodeBlock>
        <code>{`npm ci\nnpm run train -- --recipe ${recipe} --seed ${run.seed} --name again`}</code>
      </CodeBlock>
      <p>
        Seed {run.seed}, commit {run.source.commit?.slice(0, 12) ?? "unknown"}
        {run.source.dirty && ", with changes that were not committed"}, engine {run.engine.name} on {run.engine.device}.{" "}
        {typeof last === "number" && (
          <>
            A repetition should end between {printedLoss(last * 0.9)} and {printedLoss(last * 1.1)}.{" "}
          </>
        )}
        {log && <a href={log}>The log, epoch by epoch</a>}
      </p>
    </div>
  );
}

function Numbers({ run }: { run: Run }) {
  const [first, last] = [run.history[0], run.history.at(-1)];
  const worst = extremeDigits(run)?.worst ?? { digit: 0, mse: 0 };
  const rows: [string, string, string][] = [
    ["parameters", integer(parametersOf(run.spec)), "counted from spec"],
    ["numbers in the code", String(codeSize(run)), "counted from spec"],
    ["epochs", String(run.history.length), "history"],
    [
      "loss, first and last epoch",
      `${printedLoss(first?.loss ?? null)}, ${printedLoss(last?.loss ?? null)}`,
      "history",
    ],
    [
      "validation loss, first and last",
      `${printedLoss(first?.valLoss ?? null)}, ${printedLoss(last?.valLoss ?? null)}`,
      "history",
    ],
    ["test MSE", printedLoss(run.test.mse), "test.mse"],
    ["test PSNR, SSIM", `${printedPsnr(run.test.psnr)} dB, ${fixed(run.test.ssim, 3)}`, "test.psnr, test.ssim"],
    ["worst class", `${worst.digit}, MSE ${printedLoss(worst.mse)}`, "test.perDigit"],
    [
      "black, mean image, PCA",
      [run.baselines.black, run.baselines.meanImage, run.baselines.pca].map(printedLoss).join(", "),
      "baselines",
    ],
  ];
  return (
    <div className={styles.evidence}>
      <Table label="Numbers of the run and where they stand" columns={["number", "value", "in run.json"]}>
        <tbody>
          {rows.map(([what, value, from]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{value}</td>
              <td>
                <code>{from}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Questions({ run, shifted }: { run: Run; shifted: number }) {
  const first = run.history[0];
  const code = codeSize(run);
  const last = run.spec.encoder.layers.at(-1);
  const linear = last?.className === "Dense" && last.activation === "linear";
  const questions: { ask: string; answer: string }[] = [
    {
      ask: "Shift a perfect copy of a digit by one pixel. Is its MSE smaller or larger than the network’s, and how many times?",
      answer: `Larger: ${printedLoss(shifted)} on average over the test digits, ${fixed(shifted / run.test.mse, 1)} times this run’s ${printedLoss(run.test.mse)}. MSE compares pixel by pixel and knows nothing of shapes.`,
    },
    {
      ask: `After epoch 1 the log says loss ${printedLoss(first?.loss ?? null)} and validation loss ${printedLoss(first?.valLoss ?? null)}. What was measured when?`,
      answer:
        "The training loss is a running mean over the epoch, taken while the weights moved; the validation loss is measured at its end. Recomputed at the end the training loss would lie near the validation loss.",
    },
    {
      ask: `Turn the ${code} numbers by a random rotation and turn the decoder’s first kernel back. How many numbers change, and how much does the picture?`,
      answer: linear
        ? `All ${code} change, and the picture does not: the code has no activation, so the decoder cannot tell. One number of the code by itself means nothing.`
        : "Here a ReLU stands on the code, so the rotation does not pass through it: the picture changes too. With a linear code it would not.",
    },
  ];
  return (
    <ol className={styles.evidence}>
      {questions.map(({ ask, answer }) => (
        <li key={ask}>
          {ask}
          <Fold summary="The answer">
            <p>{answer}</p>
          </Fold>
        </li>
      ))}
    </ol>
  );
}
