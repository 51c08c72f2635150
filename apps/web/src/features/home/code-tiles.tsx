import { codeBarsPath, greatestSize } from "@autoencoder/ui";
import { useMemo } from "react";

export interface CodeTilesProps {
  /** [latent]; undefined while there is no digit. */
  code: Float32Array | undefined;
  count: number;
  className?: string | undefined;
}

const tile = 14;

/** A code as a square of small tiles, a bar up or down in each: for where there is no room for a row of bars. */
export function CodeTiles({ code, count, className }: CodeTilesProps) {
  const perRow = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / perRow);
  const paths = useMemo(() => {
    if (!code) return [];
    const range = greatestSize(code);
    return Array.from({ length: rows }, (_, row) => {
      const values = code.subarray(row * perRow, (row + 1) * perRow);
      return codeBarsPath(values, { width: values.length * tile, height: tile - 2, gap: 4, range });
    });
  }, [code, perRow, rows]);
  return (
    <svg
      viewBox={`0 0 ${perRow * tile} ${rows * tile}`}
      className={className}
      role="img"
      aria-label={code ? `the ${count} numbers of the code` : "no digit, no code"}
    >
      {paths.map((path, row) => (
        <g key={row} transform={`translate(2 ${row * tile + 1})`}>
          <path d={`M-2 ${tile / 2 - 1}H${perRow * tile - 2}`} data-part="zero" />
          <path d={path} data-part="bars" />
        </g>
      ))}
    </svg>
  );
}
