import { mapLayersOf } from "@autoencoder/model";
import { LayerCard } from "@autoencoder/ui";
import { currentRun } from "../../src/features/run/current-run.ts";
import styles from "./layer-cards.module.css";

/** Every layer in Keras and in tfjs, with its shape rule. */
export async function LayerCards() {
  const { spec } = await currentRun();
  return (
    <div className={styles.cards}>
      {mapLayersOf(spec).map((layer) => (
        <LayerCard key={layer.name} layer={layer} />
      ))}
    </div>
  );
}
