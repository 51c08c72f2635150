import { lossNames, type Run } from "@autoencoder/model/run";
import { fixed, percent, Table } from "@autoencoder/ui";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { StillPicture } from "../../src/features/chapter/still-picture.tsx";
import { currentRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { pictureAt } from "../../src/shared/pixels.ts";
import { type ApiAnswers, api } from "../../src/trpc/caller.ts";
import styles from "./blur.module.css";

type Experiments = ApiAnswers["digits"]["blurExperiments"];
type Experiment = Experiments["here"][number];
type Blur = Experiment["blur"];

/** Digits that are shown side by side. */
const shown = 6;

/** What a run was trained with, in the two settings that the experiments change. */
function settingsOf(run: Run): string {
  return `${codeSize(run)} numbers, ${lossNames[run.recipe.loss].name}`;
}

/** The same network with one thing changed: errors, sharpness and the same few digits. */
export async function BlurExperiments() {
  const { here, missing, originals } = await api.digits.blurExperiments(await currentRun());
  if (!originals) return missing.map((name) => <Missing key={name} run={name} />);
  return (
    <figure className="wide" data-figure="blur">
      <BlurPictures here={here} />
      <BlurTable here={here} originals={originals} />
      <figcaption>
        Steepness: how much neighbouring pixels differ, on average over the {here[0]?.samples.count} recorded digits, as
        a share of the originals’ {fixed(originals.steepness)}. Greys: pixels between 0.2 and 0.8. PCA: the validation
        error of the best linear code of as many numbers. Everything else on the test images.
      </figcaption>
      {missing.map((name) => (
        <Missing key={name} run={name} />
      ))}
      <ul className={styles.findings} data-part="blur-findings">
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
          <p className={styles.name}>
            {settings ? <code>{name}</code> : name}
            {settings && <span className="note"> {settings}</span>}
          </p>
          <div className={styles.row}>
            {worst.map((sample) => (
              <StillPicture
                key={sample}
                pixels={pictureAt<Uint8Array | Float32Array>(pictures, sample)}
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
    <Table label="The experiments" className={styles.table} data-table="blur">
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
            <td className="numeric">{fixed(run.test.mse, 5)}</td>
            <td className="numeric">{fixed(run.test.ssim)}</td>
            <td className="numeric">{percent(blur.steepness / originals.steepness)}</td>
            <td className="numeric">{percent(blur.grey)}</td>
            <td className="numeric">{fixed(run.baselines.pca)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** What a code of another size is worth to PCA, beside what it is worth to the network. */
function besidePca(base: Run, other: Run): string {
  if (codeSize(other) === codeSize(base)) return "";
  const change = other.baselines.pca / base.baselines.pca - 1;
  return `, where PCA errs ${percent(Math.abs(change), 0)} ${change < 0 ? "less" : "more"} with as many numbers`;
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
