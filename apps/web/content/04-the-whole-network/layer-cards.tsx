import { mapLayersOf } from "@autoencoder/model";
import { LayerCard } from "@autoencoder/ui";
import { currentRun } from "../../src/features/run/current-run.ts";

/** Every layer in Keras and in tfjs, with its shape rule. */
export async function LayerCards() {
  const { spec } = await currentRun();
  return (
    <div className="layer-cards">
      {mapLayersOf(spec).map((layer) => (
        <LayerCard key={layer.name} layer={layer} />
      ))}
    </div>
  );
}
