import { fixed, printedSum, Rounded, signed } from "@autoencoder/ui";

/** An activation within a line: sum → ReLU value. */
export const activationName = { relu: "ReLU", sigmoid: "sigmoid", linear: "linear" } as const;

export interface SumLineProps {
  sum: number;
  /** Undefined until the layer's weights are there: then only the sum is printed. */
  bias: number | undefined;
  activation: keyof typeof activationName;
  value: number;
  /** Whether the sum runs over more maps than the one whose products are shown. */
  allMaps?: boolean;
}

/** A value in one line: the sum of its products, the bias, and what the activation makes of both. */
export function SumLine({ sum, bias, activation, value, allMaps }: SumLineProps) {
  const line = bias === undefined ? undefined : printedSum([sum - bias, bias], sum);
  return (
    <>
      {line && (
        <>
          Σ {allMaps && "of all maps "}
          <span className="number">{line.parts[0]}</span> + bias <span className="number">{line.parts[1]}</span> ={" "}
        </>
      )}
      <span className="number">{line?.sum ?? signed(sum, 4)}</span> → {activationName[activation]}{" "}
      <b className="number">{fixed(value)}</b>
      <Rounded printed={line?.printed} />
    </>
  );
}
