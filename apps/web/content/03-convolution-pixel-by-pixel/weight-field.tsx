"use client";
import { type KeyboardEvent, useState } from "react";
import { typedNumber } from "../../src/shared/typed-number.ts";

export interface WeightFieldProps {
  label: string;
  weight: number;
  onChange: (weight: number) => void;
}

/** What the arrow keys add. */
const step = 0.1;
const steps: Record<string, number> = { ArrowUp: step, ArrowDown: -step };

/**
 * A weight to type. The text stays as it is typed, also while it is no number; the weight follows as soon as it is one.
 * A field of text: one of numbers swallows a minus sign that stands alone, and iOS's decimal keyboard has none.
 */
export function WeightField({ label, weight, onChange }: WeightFieldProps) {
  /** Undefined when the field is left: then it shows the weight. */
  const [typed, setTyped] = useState<string>();
  const found = typed === undefined ? weight : typedNumber(typed);
  const press = (event: KeyboardEvent) => {
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setTyped(undefined);
    onChange(Math.round((weight + by) * 100) / 100);
  };
  return (
    <input
      type="text"
      role="spinbutton"
      autoComplete="off"
      maxLength={6}
      aria-label={label}
      aria-valuenow={weight}
      aria-invalid={found === undefined}
      // A preset is another weight than the one that was typed.
      value={typed !== undefined && (found === undefined || found === weight) ? typed : String(weight)}
      onChange={({ target }) => {
        setTyped(target.value);
        const value = typedNumber(target.value);
        if (value !== undefined) onChange(value);
      }}
      onBlur={() => setTyped(undefined)}
      onKeyDown={press}
    />
  );
}
