"use client";
import { Toggle } from "@autoencoder/ui";
import { useInAddress } from "../../src/shared/in-address.ts";
import styles from "./shape-trap.module.css";
import { type Poolings, sidesOf } from "./sides.ts";

interface Plan extends Poolings {
  button: string;
  /** What to do about it. */
  mend: string;
}

const plans: readonly Plan[] = [
  {
    button: "as assigned",
    size: 28,
    pools: 2,
    padding: "valid",
    mend: "",
  },
  {
    button: "pool a third time",
    size: 28,
    pools: 3,
    padding: "valid",
    mend: "7 is odd: halving it drops a row and a column, and doubling cannot bring them back. Stop at two poolings, pad the pictures to 32 × 32 first, or add ZeroPadding2D(2) before the last convolution.",
  },
  {
    button: "pool a third time, with “same”",
    size: 28,
    pools: 3,
    padding: "same",
    mend: "Rounding up turns 7 into 4, and 4 doubles to 32. Cut the middle out again with Cropping2D(2), or stop at two poolings.",
  },
  {
    button: "start from 32",
    size: 32,
    pools: 3,
    padding: "valid",
    mend: "",
  },
];

/** Three ways to change the poolings: which one still ends where it began, and what to do about the others. */
export function ShapeTrap() {
  const [chosen, setChosen] = useInAddress("plan", 0, [...plans.keys()]);
  const plan = plans[chosen] as Plan;
  const sides = sidesOf(plan);
  const last = sides.at(-1) as number;
  // The way up should meet the sides of the way down in reverse; the first that does not is where it goes wrong.
  const wrong = sides.findIndex((side, at) => at > plan.pools && side !== sides[sides.length - 1 - at]);
  return (
    <figure className={styles.trap} data-testid="shape-trap">
      <Toggle
        label="The plan"
        options={[...plans.keys()]}
        value={chosen}
        onChoose={setChosen}
        name={(at) => plans[at]?.button}
        className={styles.toggle}
      />
      <ol aria-label="Side of the feature maps">
        {sides.map((side, at) => (
          <li key={at} data-part={at <= plan.pools ? "encoder" : "decoder"} data-wrong={at === wrong}>
            <small>{at === 0 ? "input" : at <= plan.pools ? "pool" : "up"}</small>
            <b className="number">{side}</b>
          </li>
        ))}
      </ol>
      <p aria-live="polite" data-part="verdict">
        {last === plan.size
          ? `It comes back to ${plan.size}: output and target have the same shape.`
          : `It ends at ${last}, the target has ${plan.size}: Keras stops with shapes that do not match. ${plan.mend}`}
      </p>
    </figure>
  );
}
