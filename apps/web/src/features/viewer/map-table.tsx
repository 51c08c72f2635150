"use client";
import { fixed, integer, LazyFold, Scroll } from "@autoencoder/ui";
import styles from "./map-table.module.css";

interface MapTableProps {
  map: Float32Array;
  width: number;
  name: string;
  /** Whether the numbers are those of a vector, in rows of `width` and counted from 1. */
  vector?: boolean;
}

/** The map's numbers as a table, on demand. */
export function MapTable(props: MapTableProps) {
  const { map, vector } = props;
  return (
    <LazyFold
      data-part="numbers"
      summary={
        vector ? `The ${integer(map.length)} numbers as a table` : `Its ${integer(map.length)} numbers as a table`
      }
    >
      <MapNumbers {...props} />
    </LazyFold>
  );
}

function MapNumbers({ map, width, name, vector = false }: MapTableProps) {
  return (
    <Scroll label={name} className={styles.numbers}>
      <table className="number">
        <thead>
          <tr>
            <th scope="col">{vector ? "from" : "row, col"}</th>
            {Array.from({ length: width }, (_, column) => (
              <th scope="col" key={column}>
                {vector ? `+${column}` : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: map.length / width }, (_, row) => (
            <tr key={row}>
              <th scope="row">{vector ? row * width + 1 : row}</th>
              {Array.from(map.subarray(row * width, (row + 1) * width), (value, column) => (
                <td key={column}>{fixed(value, 3)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
