import { fixed, integer } from "@autoencoder/ui";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { collapsedRun, collapsedRunName } from "../../src/features/run/compared-runs.ts";
import { api } from "../../src/trpc/caller.ts";
import styles from "./surviving-maps.module.css";

/** Which maps before the last convolution are still alive, and whether their weights add light or take it away. */
export async function SurvivingMaps() {
  const collapsed = await collapsedRun();
  if (!collapsed) return <Missing run={collapsedRunName} />;
  const { alive, maps, weightSums, bias } = await api.training.lastMaps(collapsed);
  const darkening = alive.filter((map) => (weightSums[map] as number) < 0).length;
  return (
    <figure>
      <ol className={styles.maps} data-testid="survivors" aria-label="The maps of conv2d_3">
        {Array.from({ length: maps }, (_, map) => {
          const lives = alive.includes(map);
          const sign = (weightSums[map] as number) < 0 ? "darkens" : "adds light";
          return (
            <li key={map} data-alive={lives} data-sign={sign}>
              {map}
              <span className="visually-hidden">{lives ? ` alive, ${sign}` : " dead"}</span>
            </li>
          );
        })}
      </ol>
      <figcaption data-part="survivors">
        Of the {maps} maps of <code>conv2d_3</code>, {integer(maps - alive.length)} are 0 for all 10,000 test digits
        (hollow). {darkening === alive.length ? `All ${alive.length}` : `Of the ${alive.length}, ${darkening}`} that
        live reach the picture with weights that sum to less than 0 (filled). The output bias moved to{" "}
        <span className="number">{fixed(bias)}</span> only.
      </figcaption>
    </figure>
  );
}
