"use client";
import type { MapLayer } from "@autoencoder/model";
import { Button, mapName, signed } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import type { ModelClient, Output, Replacement } from "../../network/index.ts";
import { sentenceOf, success } from "../../shared/result.ts";
import { useAsk } from "../../shared/use-ask.ts";
import styles from "./ranking.module.css";

interface RankingProps {
  client: ModelClient;
  /** The digit's pass; undefined until the network is live. */
  pass: number | undefined;
  layer: MapLayer;
  /** What a map without which the digit is rebuilt is set to. */
  to: Replacement;
  /** The chosen map. */
  map: number;
  pictures: () => Promise<Uint8Array>;
  onGo: (map: number) => void;
}

/** Over which digits the rise of the error is taken. */
type Digits = "this digit" | "recorded digits";

/** Maps by the damage that their absence does; made when asked for, since it rebuilds many digits. */
export function Ranking(props: RankingProps) {
  const { pass, layer } = props;
  const { damage, progress, problem, rank } = useDamage(props);
  return (
    <div className={styles.ranking}>
      <p>
        Rank all {layer.shape[2]} by the rise of the MSE without them:{" "}
        <Button quiet onClick={() => rank("this digit")} disabled={pass === undefined}>
          on this digit
        </Button>{" "}
        <Button quiet onClick={() => rank("recorded digits")} disabled={pass === undefined}>
          on the 100 recorded
        </Button>
      </p>
      {progress !== undefined && (
        <p aria-live="polite">
          <progress value={progress} max={1} aria-label="Ranking" /> {Math.round(progress * 100)} %
        </p>
      )}
      {problem && <p role="alert">{problem}</p>}
      {damage && <Ranked {...props} damage={damage} />}
    </div>
  );
}

/** The ranking that was asked for last; another layer, replacement or digit needs another. */
function useDamage({ client, pass, layer, to, pictures }: RankingProps) {
  const key = `${layer.name} ${to} ${pass}`;
  const [asked, setAsked] = useState<{ over: Digits; key: string }>();
  const [progress, setProgress] = useState<number>();
  const current = asked?.key === key ? asked : undefined;
  const ask = useMemo(() => {
    if (!current || pass === undefined) return undefined;
    return async (signal: AbortSignal) => {
      const chosen = current.over === "recorded digits" ? { pictures: await pictures() } : {};
      const input = { pass, layer: layer.name, to, ...chosen };
      const result = await client.damage(input, { signal, onProgress: setProgress });
      if (!signal.aborted) setProgress(undefined);
      return result.ok ? success({ ...result.value, key: current.key }) : result;
    };
  }, [client, pass, layer, to, pictures, current]);
  const { value, result, fresh } = useAsk(ask);
  return {
    damage: value?.key === key ? value : undefined,
    progress: current && !fresh ? progress : undefined,
    problem: fresh ? sentenceOf(result) : undefined,
    rank(over: Digits) {
      setAsked({ over, key });
      setProgress(0);
    },
  };
}

const shownMaps = 8;

function Ranked({ damage, layer, map, onGo }: RankingProps & { damage: Output<"damage"> }) {
  const { rises, digits } = damage;
  const rise = (of: number) => rises[of] as number;
  const order = Array.from(rises.keys()).sort((a, b) => rise(b) - rise(a));
  const place = order.indexOf(map);
  return (
    <>
      <ol>
        {order.slice(0, shownMaps).map((at) => (
          <li key={at} data-chosen={at === map}>
            <button type="button" onClick={() => onGo(at)}>
              {mapName(layer, at)}
            </button>
            <span className="number">{signed(rise(at), 5)}</span>
          </li>
        ))}
      </ol>
      <p className="note">
        Mean over {digits} {digits === 1 ? "digit" : "digits"}.{" "}
        {place >= shownMaps && `The chosen one is number ${place + 1}: ${signed(rise(map), 5)}.`}
      </p>
    </>
  );
}
