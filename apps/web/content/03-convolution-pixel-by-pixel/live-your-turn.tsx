"use client";
import { Button, fixed, printedSum, Scroll, signed } from "@autoencoder/ui";
import { type FormEvent, useState } from "react";
import { typedNumber } from "../../src/shared/typed-number.ts";
import styles from "./your-turn.module.css";

export interface LiveYourTurnProps {
  place: { row: number; column: number; map: number };
  /** [9], row by row */
  inputs: readonly number[];
  weights: readonly number[];
  bias: number;
  value: number;
}

/** How far an answer may be off: the weights are shown to three decimals. */
const tolerance = 0.006;

/** One value of a feature map for the reader to compute from what is on the screen. */
export function LiveYourTurn({ place, inputs, weights, bias, value }: LiveYourTurnProps) {
  const [text, setText] = useState("");
  const [said, setSaid] = useState<"right" | "wrong" | "shown" | "no number">();
  const check = (event: FormEvent) => {
    event.preventDefault();
    const given = typedNumber(text);
    if (given === undefined) setSaid("no number");
    else setSaid(Math.abs(given - value) <= tolerance ? "right" : "wrong");
  };
  const counted = weights.filter((_, at) => (inputs[at] as number) > 0.5);
  const { parts, sum, printed } = printedSum([...counted, bias], value, 3);
  return (
    <figure className={styles.turn} data-testid="your-turn">
      <p>
        <b>Your turn.</b> Map {place.map} of <code>conv2d</code>, row {place.row}, column {place.column}. White pixels
        are 1, black ones 0. Add the weights under the white pixels, add the bias, and apply ReLU.
      </p>
      <Scroll label="The window and its weights">
        <div className={styles.grids}>
          <Nine name="pixels" values={inputs.map((value) => fixed(value, 0))} shades={inputs} />
          <span aria-hidden="true">×</span>
          <Nine name="weights" values={weights.map((value) => signed(value, 3))} />
          <p>
            + bias <b className="number">{signed(bias, 3)}</b>
          </p>
        </div>
      </Scroll>
      <form onSubmit={check} className={styles.form}>
        <label>
          The value{" "}
          <input
            inputMode="decimal"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Button type="submit">check</Button>
        <Button quiet onClick={() => setSaid("shown")}>
          show me
        </Button>
      </form>
      <div aria-live="polite" className={styles.said} data-said={said}>
        {said === "no number" && <p>Type a number such as 0.25.</p>}
        {said === "wrong" && <p>Not yet. The pixels that are 0 add nothing: only {counted.length} weights count.</p>}
        {(said === "right" || said === "shown") && (
          <p>
            {said === "right" && <b>Right. </b>}
            {parts.join(" ")} = {printed ?? sum}
            {printed && `, or ${sum} with all their decimals`}. It is above 0, so ReLU lets it through.
          </p>
        )}
      </div>
    </figure>
  );
}

function Nine({ name, values, shades }: { name: string; values: readonly string[]; shades?: readonly number[] }) {
  return (
    <table>
      <caption>{name}</caption>
      <tbody>
        {[0, 3, 6].map((first) => (
          <tr key={first}>
            {values.slice(first, first + 3).map((value, at) => (
              <td key={at} data-white={shades && (shades[first + at] as number) > 0.5}>
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
