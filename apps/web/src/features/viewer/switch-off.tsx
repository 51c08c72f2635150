"use client";
import type { MapLayer } from "@autoencoder/model";
import { digitError, fixed, mapName, PixelPicture, signedDifference, signedPixels, Toggle } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import type { ModelClient, Output, Replacement } from "../../network/index.ts";
import { sentenceOf } from "../../shared/result.ts";
import { useAsk } from "../../shared/use-ask.ts";
import { digitPicture, type RebuiltDigit } from "../digit/digits.ts";
import { Ranking } from "./ranking.tsx";
import styles from "./switch-off.module.css";

export interface SwitchOffProps {
  client: ModelClient;
  digit: RebuiltDigit;
  layer: MapLayer;
  map: number;
  /** Whether the means over the test digits are loaded. */
  means: boolean;
  /** Pixels of the recorded samples, for the ranking over them. */
  pictures: () => Promise<Uint8Array>;
  onGo: (map: number) => void;
}

/** The digit rebuilt without one map, and which map it would miss most. */
export function SwitchOff({ client, digit, layer, map, means, pictures, onGo }: SwitchOffProps) {
  const [chosen, setChosen] = useState<Replacement>("mean");
  const to: Replacement = means ? chosen : "zero";
  const pass = digit.activations?.pass;
  const ask = useMemo(() => {
    if (pass === undefined) return undefined;
    return (signal: AbortSignal) => client.switchOff({ pass, layer: layer.name, map, to }, { signal });
  }, [client, pass, layer, map, to]);
  const { value: off, result } = useAsk(ask);
  const problem = sentenceOf(result);
  const name = mapName(layer, map);
  return (
    <section className={styles.switchOff} aria-label="Switch it off">
      <Toggle
        label="Set the map to"
        options={["mean", "zero"] as const}
        value={to}
        onChoose={setChosen}
        name={(option) => (option === "mean" ? "its mean" : "0")}
        isDisabled={(option) => option === "mean" && !means}
      />
      <p className="note" data-part="means">
        {means
          ? "The mean is that of all test digits: a map that tells nothing of this digit. 0 may be a value that the network never meets."
          : "Its mean over the test digits is not recorded for this run; it is set to 0."}
      </p>
      {problem && <p role="alert">{problem}</p>}
      {off && <WithAndWithout digit={digit} off={off} name={name} />}
      <Ranking {...{ client, pass, layer, to, map, pictures, onGo }} />
    </section>
  );
}

interface WithAndWithoutProps {
  digit: RebuiltDigit;
  off: Output<"switchOff">;
  /** What is switched off: `map 4`. */
  name: string;
}

/** The digit rebuilt with all maps, without one, and the change. */
function WithAndWithout({ digit, off, name }: WithAndWithoutProps) {
  const mse = useMemo(() => digitError(digit.pixels, digit.reconstruction).mse, [digit]);
  const { difference, greatest } = signedDifference(digit.reconstruction, off.reconstruction);
  const side = Math.sqrt(difference.length);
  return (
    <div className={styles.three}>
      <figure>
        <PixelPicture pixels={digitPicture(digit.reconstruction)} label="rebuilt with all maps" />
        <figcaption>
          with all: MSE <span className="number">{fixed(mse, 5)}</span>
        </figcaption>
      </figure>
      <figure>
        <PixelPicture pixels={digitPicture(off.reconstruction)} label={`rebuilt without ${name}`} />
        <figcaption>
          without {name}: <span className="number">{fixed(off.mse, 5)}</span>
        </figcaption>
      </figure>
      <figure>
        <PixelPicture
          pixels={signedPixels(difference, side, greatest)}
          label="the change: teal brighter, vermilion darker"
        />
        <figcaption>
          change, at most <span className="number">{fixed(greatest, 3)}</span>
        </figcaption>
      </figure>
    </div>
  );
}
