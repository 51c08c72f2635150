import type { MapLayer } from "@autoencoder/model";
import { integer } from "../format.ts";
import styles from "./layer-card.module.css";
import { kerasCode, shapeRule, tfjsCode } from "./layer-code.ts";

/** What can be said of a layer without running it: shape, counts, and the same layer in two libraries. */
export function LayerCard({ layer }: { layer: MapLayer }) {
  const { layer: spec, parameters, formula, multiplyAdds, usesOfEachWeight, terms, weights } = layer.sizes;
  const [kernel] = weights;
  return (
    <section className={styles.card} data-part={layer.part} aria-label={`Layer ${layer.name}`}>
      <h3>
        <code>{layer.name}</code> <span>{spec.className}</span>
      </h3>
      <dl>
        <dt>shape</dt>
        <dd>{shapeRule(layer).replaceAll(" × ", "\u00a0×\u00a0")}</dd>
        <dt>parameters</dt>
        <dd>
          {kernel ? (
            <>
              <span className="number">
                {formula} = {integer(parameters)}
              </span>
              <small> (weights and one bias for each of {integer(kernel.shape.at(-1) ?? 0)})</small>
            </>
          ) : (
            "none: nothing to learn"
          )}
        </dd>
        {multiplyAdds > 0 && (
          <>
            <dt>multiply-adds</dt>
            <dd className="number">
              {integer(layer.values)} values · {integer(terms)} products = {integer(multiplyAdds)}
            </dd>
            <dt>uses of each weight</dt>
            <dd>
              <span className="number">{integer(usesOfEachWeight)}</span>
              {usesOfEachWeight === 1 ? ": every weight has one place" : ": once at every position"}
            </dd>
          </>
        )}
        {spec.className === "MaxPooling2D" && (
          <>
            <dt>comparisons</dt>
            <dd className="number">{terms - 1} for each value, no products</dd>
          </>
        )}
        <dt>in Keras</dt>
        <dd>
          <code>{kerasCode(spec)}</code>
        </dd>
        <dt>in tfjs</dt>
        <dd>
          <code>{tfjsCode(spec)}</code>
        </dd>
      </dl>
    </section>
  );
}
