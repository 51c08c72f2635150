import { lossWords, type Run } from "@autoencoder/model/run";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { Question } from "../../src/features/chapter/question.tsx";
import { StillPicture } from "../../src/features/chapter/still-picture.tsx";
import type { RunSource } from "../../src/features/run/run-source.ts";
import { codeSize } from "../../src/features/run/words.tsx";
import { type Blur, blurExperiments, blurRuns, type Experiment } from "../../src/server/statistics/blur.ts";
import { TableScroll } from "../../src/shared/table-scroll.tsx";
import styles from "./blur.module.css";

/** Digits that are shown side by side. */
const shown = 6;

const percent = (part: number, decimals = 1) => `${(part * 100).toFixed(decimals)} %`;

/** What a run was trained with, in the two settings that the experiments change. */
function settingsOf(run: Run): string {
  return `${codeSize(run)} numbers, ${lossWords[run.recipe.loss].name}`;
}

/** The same network with one thing changed: errors, sharpness and the same few digits. */
export async function BlurExperiments({ source }: { source: RunSource }) {
  const { here, missing, originals } = await blurExperiments(source);
  if (!originals) return missing.map((name) => <Missing key={name} run={name} />);
  return (
    <figure className="wide" data-figure="blur">
      <BlurPictures here={here} />
      <BlurTable here={here} originals={originals} />
      <figcaption>
        Steepness: how much neighbouring pixels differ, on average over the {here[0]?.samples.count} recorded digits, as
        a share of the originals’ {originals.steepness.toFixed(4)}. Greys: pixels between 0.2 and 0.8. PCA: the
        validation error of the best straight-line code of as many numbers. Everything else on the test images.
      </figcaption>
      {missing.map((name) => (
        <Missing key={name} run={name} />
      ))}
      <ul data-part="blur-findings">
        {findings(here, originals).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </figure>
  );
}

/** The recorded digits that the first run rebuilds worst, as every run rebuilds them. */
function BlurPictures({ here }: { here: readonly Experiment[] }) {
  const [base] = here;
  if (!base) return null;
  const { samples } = base;
  const size = samples.originals.length / samples.count;
  const worst = Array.from(samples.mse.keys())
    .sort((a, b) => (samples.mse[b] as number) - (samples.mse[a] as number))
    .slice(0, shown)
    .sort((a, b) => (samples.labels[a] as number) - (samples.labels[b] as number));
  const rows = [
    { name: "seen", settings: "", pictures: samples.originals },
    ...here.map(({ run, samples: own }) => {
      return { name: run.name, settings: settingsOf(run), pictures: own.reconstructions };
    }),
  ];
  return (
    <div className={styles.pictures}>
      {rows.map(({ name, settings, pictures }) => (
        <div key={name}>
          <p className="tile-name">
            {settings ? <code>{name}</code> : name}
            {settings && <span className="note"> {settings}</span>}
          </p>
          <div className={styles.row}>
            {worst.map((sample) => (
              <StillPicture
                key={sample}
                pixels={pictures.subarray(sample * size, (sample + 1) * size)}
                label={`test digit ${samples.indices[sample]}, ${name}`}
              />
            ))}
          </div>
        </div>
      ))}
      <p className="note">
        The {shown} recorded digits that <code>{base.run.name}</code> rebuilds worst.
      </p>
    </div>
  );
}

function BlurTable({ here, originals }: { here: readonly Experiment[]; originals: Blur }) {
  return (
    <TableScroll label="The experiments">
      <table className={`data-table ${styles.table}`} data-table="blur">
        <thead>
          <tr>
            <th scope="col">run</th>
            {["MSE", "SSIM", "steep", "greys", "PCA"].map((name) => (
              <th key={name} scope="col" className="numeric">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr data-run="originals">
            <th scope="row">originals</th>
            <td className="numeric">0</td>
            <td className="numeric">1</td>
            <td className="numeric">100 %</td>
            <td className="numeric">{percent(originals.grey)}</td>
            <td className="numeric">–</td>
          </tr>
          {here.map(({ run, blur }) => (
            <tr key={run.name} data-run={run.name}>
              <th scope="row" className={styles.run}>
                <code>{run.name}</code>
              </th>
              <td className="numeric">{run.test.mse.toFixed(5)}</td>
              <td className="numeric">{run.test.ssim.toFixed(4)}</td>
              <td className="numeric">{percent(blur.steepness / originals.steepness)}</td>
              <td className="numeric">{percent(blur.grey)}</td>
              <td className="numeric">{run.baselines.pca.toFixed(4)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

/** What a code of another size is worth to PCA, beside what it is worth to the network. */
function besidePca(base: Run, other: Run): string {
  if (codeSize(other) === codeSize(base)) return "";
  const change = other.baselines.pca / base.baselines.pca - 1;
  return `, where PCA errs ${percent(Math.abs(change), 0)} ${change < 0 ? "less" : "more"} with as many`;
}

/** What the first run lacks in steepness, and what each change gives back of it, in sentences. */
function findings([base, ...others]: readonly Experiment[], originals: Blur): string[] {
  if (!base) return [];
  const lack = ({ blur }: Experiment) => 1 - blur.steepness / originals.steepness;
  const own = lack(base);
  const first =
    own > 0
      ? `The pictures of ${base.run.name} are ${percent(own)} less steep than the originals: that is their blur.`
      : `The pictures of ${base.run.name} are as steep as the originals: by this measure there is no blur.`;
  return [
    first,
    ...others.map((other) => {
      const [mse, lacks] = [other.run.test.mse / base.run.test.mse - 1, lack(other)];
      const error = `${percent(Math.abs(mse), 0)} ${mse < 0 ? "less" : "more"} test error${besidePca(base.run, other.run)}`;
      const change = own > 0 ? (own - lacks) / own : Number.NaN;
      const sharp = !(own > 0)
        ? `${percent(Math.abs(lacks))} ${lacks > 0 ? "less" : "more"} steep than the originals`
        : change >= 0
          ? `it gives back ${percent(Math.min(1, change), 0)} of the missing steepness`
          : `${percent(lacks)} of the steepness is missing, more than before`;
      return `${other.run.name} (${settingsOf(other.run)}): ${error}; ${sharp}.`;
    }),
  ];
}

/** Which change gives back most of the steepness that the first run lacks. */
export async function AskBlur({ source }: { source: RunSource }) {
  const { here, originals } = await blurExperiments(source);
  const [base, ...others] = blurRuns.map((name) => here.find(({ run }) => run.name === name));
  if (!originals || !base || others.some((other) => !other)) return null;
  const given = others.map(
    (other) => ((other as Experiment).blur.steepness - base.blur.steepness) / originals.steepness,
  );
  const best = given.indexOf(Math.max(...given));
  const more = (at: number) => `${(given[at] as number) < 0 ? "−" : "+"}${percent(Math.abs(given[at] as number))}`;
  return (
    <Question
      id="rebuilt-blur"
      prompt="Change one thing and train again. Which change makes the strokes’ edges steeper, and so the pictures sharper?"
      options={["128 numbers instead of 64", "another loss: the binary cross-entropy", "neither"]}
      answer={(given[best] as number) > 0 ? best : 2}
    >
      <p>
        Steepness, in parts of the originals’: {more(0)} by the larger code, {more(1)} by the other loss. The table has
        the errors beside it: sharper and nearer are two things.
      </p>
    </Question>
  );
}
