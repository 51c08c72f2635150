import type { MapLayer } from "@autoencoder/model";
import { kerasCode, shapeRule, tfjsCode } from "./layer-words.ts";
import { counted } from "./numbers.ts";

/** What can be said of a layer without running it: shape, counts, and the same layer in two libraries. */
export function LayerCard({ stage }: { stage: MapLayer }) {
  const { layer, parameters, formula, multiplyAdds, usesOfEachWeight, terms, weights } = stage.sizes;
  const [kernel] = weights;
  return (
    <section className="fig-card" data-part={stage.part} aria-label={`Layer ${stage.name}`}>
      <h3>
        <code>{stage.name}</code> <span>{layer.className}</span>
      </h3>
      <dl>
        <dt>shape</dt>
        <dd>{shapeRule(stage)}</dd>
        <dt>parameters</dt>
        <dd>
          {kernel ? (
            <>
              <span className="number">
                {formula} = {counted(parameters)}
              </span>
              <small> (weights and one bias for each of {counted(kernel.shape.at(-1) ?? 0)})</small>
            </>
          ) : (
            "none: nothing to learn"
          )}
        </dd>
        {multiplyAdds > 0 && (
          <>
            <dt>multiply-adds</dt>
            <dd className="number">
              {counted(stage.values)} values · {counted(terms)} products = {counted(multiplyAdds)}
            </dd>
            <dt>uses of each weight</dt>
            <dd>
              <span className="number">{counted(usesOfEachWeight)}</span>
              {usesOfEachWeight === 1 ? ": every weight has one place" : ": once at every position"}
            </dd>
          </>
        )}
        {layer.className === "MaxPooling2D" && (
          <>
            <dt>comparisons</dt>
            <dd className="number">{terms - 1} for each value, no products</dd>
          </>
        )}
        <dt>in Keras</dt>
        <dd>
          <code>{kerasCode(layer)}</code>
        </dd>
        <dt>in tfjs</dt>
        <dd>
          <code>{tfjsCode(layer)}</code>
        </dd>
      </dl>
    </section>
  );
}
