"use client";
import { type MapLayer, mapLayerNamed } from "@autoencoder/model";
import { LayerCard } from "@autoencoder/ui";
import type { ModelClient } from "../../network/index.ts";
import type { RebuiltDigit } from "../digit/digits.ts";
import { Arithmetic, placeText } from "./arithmetic.tsx";
import { BottomSheet } from "./bottom-sheet.tsx";
import { LayerWeights } from "./layer-weights.tsx";
import { Fold, Readout } from "./parts.tsx";
import { SwitchOff } from "./switch-off.tsx";
import type { useMoves } from "./use-moves.ts";
import type { RunStatistics, TermsOf } from "./use-queries.ts";
import type { View } from "./view-state.ts";
import styles from "./viewer.module.css";

export interface DetailColumnProps {
  client: ModelClient;
  digit: RebuiltDigit | undefined;
  stages: readonly MapLayer[];
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
  const { client, digit, stages, view, known, state, address, statistics, pictures, change, moves } = props;
  const { shown, isShown, problem } = known;
  const stage = mapLayerNamed(stages, view.layer);
  const shownStage = mapLayerNamed(stages, shown.layer);
  const before = (of: MapLayer) => stages[Math.max(0, of.index - 1)] ?? of;
  const vector = stage.shape[0] * stage.shape[1] === 1;
  return (
    <BottomSheet
      level={view.level}
      onOpen={() => change({ level: "value" })}
      onClose={moves.up}
      head={<Readout place={placeText(shownStage, shown.place)} terms={shown.terms} />}
    >
      <div className={styles.value}>
        {!isShown && state === "failed" ? (
          <p>
            The live network does not compute here. <a href={address}>Let the server compute this view</a> (for a test
            digit).
          </p>
        ) : (
          <Arithmetic
            stage={shownStage}
            from={before(shownStage)}
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
      <details className="more" open>
        <summary>The layer</summary>
        <LayerCard stage={stage} />
      </details>
      {stage.facts.weights.length > 0 && state === "live" && (
        <Fold part="weights" summary={`All weights of ${stage.name} as a picture`}>
          <LayerWeights client={client} stage={stage} from={before(stage)} />
        </Fold>
      )}
      {digit?.inside && stage.index > 0 && stage.index < stages.length - 1 && (
        <Fold part="switch-off" summary={`Switch ${vector ? `value ${view.map + 1}` : `map ${view.map}`} off`}>
          <SwitchOff
            client={client}
            digit={digit}
            stage={stage}
            map={view.map}
            means={statistics?.has(stage.name) ?? false}
            pictures={pictures}
            onGo={(to) => change({ map: to })}
          />
        </Fold>
      )}
    </BottomSheet>
  );
}
