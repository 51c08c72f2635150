"use client";
import { type MapLayer, mapLayerNamed, type SumTerms, type ValueTerms } from "@autoencoder/model";
import { Fold, fixed, LayerCard, LazyFold, mapName, placeText, printedSum } from "@autoencoder/ui";
import type { ModelClient } from "../../network/index.ts";
import type { RebuiltDigit } from "../digit/digits.ts";
import { Arithmetic } from "../layers/arithmetic.tsx";
import { activationName } from "../layers/sum-line.tsx";
import type { TermsOf } from "../layers/use-terms.ts";
import type { View } from "../layers/view.ts";
import styles from "./bottom-sheet.module.css";
import { BottomSheet } from "./bottom-sheet.tsx";
import { SwitchOff } from "./switch-off.tsx";
import type { useMoves } from "./use-moves.ts";
import type { RunStatistics } from "./use-statistics.ts";
import { LayerWeights } from "./weight-pictures.tsx";

export interface DetailColumnProps {
  client: ModelClient;
  digit: RebuiltDigit | undefined;
  layers: readonly MapLayer[];
  view: View;
  /** The terms that are known, whether they are of the chosen value, and why those are not known. */
  known: { shown: TermsOf; isShown: boolean; problem: string | undefined };
  state: "loading" | "live" | "failed";
  /** Where the server computes the view. */
  address: string;
  statistics: RunStatistics | undefined;
  pictures: () => Promise<Uint8Array>;
  change: (changes: Partial<View>) => void;
  moves: ReturnType<typeof useMoves>;
}

/** The chosen value's arithmetic, the layer's card, its weights and what happens without a map. */
export function DetailColumn(props: DetailColumnProps) {
  const { client, digit, layers, view, known, state, statistics, pictures, change, moves } = props;
  const { shown } = known;
  const layer = mapLayerNamed(layers, view.layer);
  const shownLayer = mapLayerNamed(layers, shown.layer);
  return (
    <BottomSheet
      level={view.level}
      onOpen={() => change({ level: "value" })}
      onClose={moves.up}
      head={<Readout place={placeText(shownLayer, shown.place)} terms={shown.terms} />}
    >
      <ChosenValue {...props} />
      <Fold summary="The layer" open>
        <LayerCard layer={layer} />
      </Fold>
      {layer.sizes.weights.length > 0 && state === "live" && (
        <LazyFold data-part="weights" summary={`All weights of ${layer.name} as a picture`}>
          <LayerWeights client={client} layer={layer} from={layerBefore(layers, layer)} />
        </LazyFold>
      )}
      {digit?.activations && layer.index > 0 && layer.index < layers.length - 1 && (
        <LazyFold data-part="switch-off" summary={`Switch ${mapName(layer, view.map)} off`}>
          <SwitchOff
            client={client}
            digit={digit}
            layer={layer}
            map={view.map}
            means={statistics?.has(layer.name) ?? false}
            pictures={pictures}
            onGo={(to) => change({ map: to })}
          />
        </LazyFold>
      )}
    </BottomSheet>
  );
}

/** The value's arithmetic, or why it is not known. */
function ChosenValue({ layers, known, state, address, moves }: DetailColumnProps) {
  const { shown, isShown, problem } = known;
  const layer = mapLayerNamed(layers, shown.layer);
  return (
    <div>
      {!isShown && state === "failed" ? (
        <p>
          The live network does not compute here. <a href={address}>Let the server compute this view</a> (for a test
          digit).
        </p>
      ) : (
        <Arithmetic
          layer={layer}
          from={layerBefore(layers, layer)}
          place={shown.place}
          terms={shown.terms}
          onGo={moves.go}
        />
      )}
      {problem && (
        <p className="notice" role="alert" data-part="terms-problem">
          The value that you chose could not be taken apart: {problem}
        </p>
      )}
    </div>
  );
}

function layerBefore(layers: readonly MapLayer[], layer: MapLayer): MapLayer {
  return layers[Math.max(0, layer.index - 1)] ?? layer;
}

interface ReadoutProps {
  /** Where the value is. */
  place: string;
  terms: ValueTerms;
}

/** The chosen value in two lines: where and what it is, and what it is made of. */
export function Readout({ place, terms }: ReadoutProps) {
  return (
    <span className={styles.readoutText}>
      <span>
        {place} = <b className="number">{fixed(terms.value)}</b>
      </span>
      <small className="number">
        {terms.kind === "sum" && sumText(terms)}
        {terms.kind === "pool" && `the largest of ${terms.candidates.length}`}
        {terms.kind === "copy" && `a copy, one of ${terms.copies.length}`}
        {terms.kind === "input" && "a pixel of the input"}
      </small>
    </span>
  );
}

/** A sum on a line that is cut where it is too long. */
function sumText({ sum, bias, activation, value }: SumTerms): string {
  const { parts, printed } = printedSum([sum - bias, bias], sum);
  const rounded = printed === undefined ? "" : " (rounded)";
  return `Σ ${parts[0]} + bias ${parts[1]}${rounded} → ${activationName[activation]} ${fixed(value)}`;
}
