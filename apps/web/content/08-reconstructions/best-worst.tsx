import { layerValues, readTable, tensor } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { StillPicture } from "../../src/features/chapter/still-picture.tsx";
import { testDigitInside } from "../../src/server/inside.ts";
import { mnist } from "../../src/server/mnist.ts";
import { oncePerNetwork } from "../../src/server/once.ts";
import { readRunFile } from "../../src/server/run-store.ts";

interface Rebuilt {
  index: number;
  mse: number;
  pixels: Float32Array;
  reconstruction: Float32Array;
}

/** Of each class the best, the middle and the worst rebuilt test digit. */
const extremes = oncePerNetwork(async (run): Promise<Rebuilt[][]> => {
  const { bytes } = await readRunFile(run, runPaths.testErrors);
  const mse = tensor(readTable(bytes), "mse").data;
  const { test } = await mnist();
  const rows: Rebuilt[][] = [];
  for (let label = 0; label < 10; label++) {
    const own = Array.from(test.labels.keys())
      .filter((index) => test.labels[index] === label)
      .sort((a, b) => (mse[a] as number) - (mse[b] as number));
    const picked = [own[0], own[Math.floor(own.length / 2)], own.at(-1)] as number[];
    rows.push(
      await Promise.all(
        picked.map(async (index) => {
          const { stages, all } = await testDigitInside(run, index);
          const [first, last] = [stages[0], stages.at(-1)] as [(typeof stages)[number], (typeof stages)[number]];
          const [pixels, reconstruction] = [first, last].map((stage) => layerValues(all, stage).slice());
          return { index, mse: mse[index] as number, pixels, reconstruction } as Rebuilt;
        }),
      ),
    );
  }
  return rows;
});

/** Best, typical and worst of every class, original above reconstruction. */
export async function BestWorst({ run }: { run: Run }) {
  const rows = await extremes(run);
  return (
    <figure className="wide best-worst">
      {(["best", "typical", "worst"] as const).map((name, at) => (
        <section key={name} aria-label={name} data-part={name}>
          <h3>{name}</h3>
          <ul>
            {rows.map((row, label) => {
              const { index, mse, pixels, reconstruction } = row[at] as Rebuilt;
              return (
                <li key={label}>
                  <StillPicture pixels={pixels} label={`test digit ${index}, a ${label}`} />
                  <StillPicture pixels={reconstruction} label="its reconstruction" />
                  <small className="number">{mse.toFixed(4)}</small>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      <figcaption>
        Of each class the test digits with the least, the middle and the greatest MSE, as the trainer recorded it.
      </figcaption>
    </figure>
  );
}
