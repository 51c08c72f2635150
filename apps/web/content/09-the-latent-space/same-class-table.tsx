"use client";
import { wilson } from "@autoencoder/model";
import { Button, fixed, percent, Table } from "@autoencoder/ui";
import { useState } from "react";
import { askServer } from "../../src/trpc/ask.ts";

/** A description of digits, and for how many of those asked the nearest neighbour by it is of their class. */
interface Row {
  name: string;
  same: number;
}

export interface SameClassTableProps {
  run: string;
  asked: number;
  /** What the server has counted for the page. */
  rows: readonly Row[];
  /** Numbers of the run's code. */
  width: number;
}

/** How often neighbours agree, by what a digit is described with; two descriptions more when they are asked for. */
export function SameClassTable({ run, asked, rows, width }: SameClassTableProps) {
  const [more, setMore] = useState<Row[]>();
  const [state, setState] = useState<"idle" | "counting" | string>("idle");
  const count = async () => {
    setState("counting");
    try {
      const { pixels, pca } = await askServer((api) => api.sameClassNeighbours.query({ name: run }));
      setMore([
        { name: "all 784 pixels", same: pixels },
        { name: `${width} PCA numbers`, same: pca },
      ]);
      setState("idle");
    } catch (error) {
      setState((error as Error).message);
    }
  };
  const hundredths = (share: number) => fixed(share * 100, 1);
  return (
    <div data-figure="same-class">
      <Table
        label="Neighbours of the same class"
        columns={["a digit is described by", { numeric: "same class" }, { numeric: "95 % interval" }]}
      >
        <tbody>
          {[...rows, ...(more ?? [])].map(({ name, same }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="numeric">{percent(same / asked)}</td>
              <td className="numeric">{wilson(same, asked).map(hundredths).join("–")} %</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {!more && (
        <p>
          <Button data-part="count" disabled={state === "counting"} onClick={count}>
            {state === "counting" ? "counting …" : "count for all pixels and for PCA too"}
          </Button>
        </p>
      )}
      {state !== "idle" && state !== "counting" && <p role="alert">It was not counted: {state}</p>}
    </div>
  );
}
