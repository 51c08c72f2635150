"use client";
import type { MapLayer } from "@autoencoder/model";
import { digitError, fixed, greyPixels, PixelPicture, signed, signedDifference, signedPixels } from "@autoencoder/ui";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Damage, ModelClient, Replacement } from "../../network/index.ts";
import type { RebuiltDigit } from "../digit/digits.ts";
import { useAnswer } from "./use-answer.ts";
import styles from "./viewer.module.css";

export interface SwitchOffProps {
  client: ModelClient;
  digit: RebuiltDigit;
  stage: MapLayer;
  map: number;
  /** Whether the means over the test digits are loaded. */
  means: boolean;
  /** Pixels of the recorded samples, for the ranking over them. */
  pictures: () => Promise<Uint8Array>;
  onGo: (map: number) => void;
}

/** The digit rebuilt without one map, and which map it would miss most. */
export function SwitchOff({ client, digit, stage, map, means, pictures, onGo }: SwitchOffProps) {
  const [wanted, setWanted] = useState<Replacement>("mean");
  const to: Replacement = means ? wanted : "zero";
  const pass = digit.inside?.pass;
  const ask = useMemo(
    () => (pass === undefined ? undefined : () => client.switchOff(pass, { stage: stage.name, map, to })),
    [client, pass, stage, map, to],
  );
  const { value: off, problem } = useAnswer(ask);
  const mse = useMemo(() => digitError(digit.pixels, digit.reconstruction).mse, [digit]);
  const change = off && signedDifference(digit.reconstruction, off.reconstruction);
  const what = stage.shape[0] * stage.shape[1] === 1 ? `value ${map + 1}` : `map ${map}`;
  return (
    <section className={styles.switchOff} aria-label="Switch it off">
      <fieldset className="segmented" aria-label="Set the map to">
        {(["mean", "zero"] as const).map((option) => (
          <button
            key={option}
            type="button"
            aria-pressed={to === option}
            disabled={option === "mean" && !means}
            onClick={() => setWanted(option)}
          >
            {option === "mean" ? "its mean" : "0"}
          </button>
        ))}
      </fieldset>
      <p className="note" data-part="means">
        {means
          ? "The mean is that of all test digits: a map that tells nothing of this digit. 0 may be a value that the network never meets."
          : "Its mean over the test digits is not recorded for this run; it is set to 0."}
      </p>
      {problem && <p role="alert">{problem}</p>}
      {off && change && (
        <div className={styles.three}>
          <figure>
            <PixelPicture pixels={greyPixels(digit.reconstruction, 28)} label="rebuilt with all maps" />
            <figcaption>
              with all: MSE <span className="number">{fixed(mse, 5)}</span>
            </figcaption>
          </figure>
          <figure>
            <PixelPicture pixels={greyPixels(off.reconstruction, 28)} label={`rebuilt without ${what}`} />
            <figcaption>
              without {what}: <span className="number">{fixed(off.mse, 5)}</span>
            </figcaption>
          </figure>
          <figure>
            <PixelPicture
              pixels={signedPixels(change.difference, 28, change.greatest)}
              label="the change: teal brighter, vermilion darker"
            />
            <figcaption>
              change, at most <span className="number">{fixed(change.greatest, 3)}</span>
            </figcaption>
          </figure>
        </div>
      )}
      <Ranking client={client} pass={pass} off={{ stage: stage.name, to }} {...{ map, pictures, onGo, stage }} />
    </section>
  );
}

interface RankingProps {
  client: ModelClient;
  pass: number | undefined;
  off: { stage: string; to: Replacement };
  stage: MapLayer;
  map: number;
  pictures: () => Promise<Uint8Array>;
  onGo: (map: number) => void;
}

/** Maps by the damage that their absence does; made when asked for, since it rebuilds many digits. */
function Ranking({ client, pass, off, stage, map, pictures, onGo }: RankingProps) {
  const [ranked, setRanked] = useState<{ damage: Damage; of: string }>();
  const [progress, setProgress] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const key = `${off.stage} ${off.to}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layer, another ranking
  useEffect(() => setRanked(undefined), [key, pass]);
  const rank = useCallback(
    async (samples: boolean) => {
      if (pass === undefined) return;
      setProblem(undefined);
      setProgress(0);
      try {
        const options = { onProgress: setProgress, ...(samples && { pictures: await pictures() }) };
        const outcome = await client.damage(pass, off, options);
        if (outcome.ok) setRanked({ damage: outcome.value, of: key });
        else if (outcome.problem.code !== "superseded") setProblem(outcome.problem.sentence);
      } catch (error) {
        setProblem((error as Error).message);
      }
      setProgress(undefined);
    },
    [client, pass, off, key, pictures],
  );
  const order = ranked && Array.from(ranked.damage.rises.keys()).sort((a, b) => rise(ranked, b) - rise(ranked, a));
  const vector = stage.shape[0] * stage.shape[1] === 1;
  const rank0 = order?.indexOf(map) ?? -1;
  return (
    <div className={styles.ranking}>
      <p>
        Rank all {stage.shape[2]} by the rise of the MSE without them:{" "}
        <button type="button" onClick={() => rank(false)} disabled={pass === undefined}>
          on this digit
        </button>{" "}
        <button type="button" onClick={() => rank(true)} disabled={pass === undefined}>
          on the 100 recorded
        </button>
      </p>
      {progress !== undefined && (
        <p aria-live="polite">
          <progress value={progress} max={1} aria-label="Ranking" /> {Math.round(progress * 100)} %
        </p>
      )}
      {problem && <p role="alert">{problem}</p>}
      {ranked && order && (
        <>
          <ol>
            {order.slice(0, 8).map((at) => (
              <li key={at} data-chosen={at === map}>
                <button type="button" onClick={() => onGo(at)}>
                  {vector ? `value ${at + 1}` : `map ${at}`}
                </button>
                <span className="number">{signed(rise(ranked, at), 5)}</span>
              </li>
            ))}
          </ol>
          <p className="note">
            Mean over {ranked.damage.digits} {ranked.damage.digits === 1 ? "digit" : "digits"}.{" "}
            {rank0 >= 8 && `The chosen one is number ${rank0 + 1}: ${signed(rise(ranked, map), 5)}.`}
          </p>
        </>
      )}
    </div>
  );
}

function rise({ damage }: { damage: Damage }, map: number): number {
  return damage.rises[map] as number;
}
