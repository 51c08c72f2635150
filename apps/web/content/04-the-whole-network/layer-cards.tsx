import { type AutoencoderSpec, mapLayersOf } from "@autoencoder/model";
import { LayerCard } from "@autoencoder/ui";

/** Every layer in Keras and in tfjs, with its shape rule. */
export function LayerCards({ spec }: { spec: AutoencoderSpec }) {
  return (
    <div className="layer-cards">
      {mapLayersOf(spec).map((stage) => (
        <LayerCard key={stage.name} layer={stage} />
      ))}
    </div>
  );
}
