"use client";
import type { AutoencoderSpec } from "@autoencoder/model";
import { counted } from "@autoencoder/ui";
import { useState } from "react";
import { TableScroll } from "../table-scroll.tsx";
import { assigned, countsOf, sizedSpec } from "./counts.ts";

/** Sizes to change one at a time; parameters and work beside each other, and beside the assignment's. */
export function CountPlayground({ spec }: { spec: AutoencoderSpec }) {
  const [size, setSize] = useState(assigned);
  const counts = countsOf(sizedSpec(spec, size));
  const before = countsOf(sizedSpec(spec, assigned));
  const times = (now: number, then: number) => `× ${(now / then).toFixed(2)}`;
  const filters = (first: number): readonly [number, number] => [first, 2 * first];
  return (
    <figure className="count-playground">
      <div className="controls">
        <Choice
          label="filters"
          options={[8, 16, 32, 64].map((first) => ({ value: first, text: `${first}, ${2 * first}` }))}
          value={size.filters[0]}
          onChoose={(first) => setSize({ ...size, filters: filters(first) })}
        />
        <Choice
          label="kernel"
          options={[1, 3, 5].map((side) => ({ value: side, text: `${side} × ${side}` }))}
          value={size.kernel}
          onChoose={(kernel) => setSize({ ...size, kernel })}
        />
        <Choice
          label="latent size"
          options={[2, 16, 32, 64, 128].map((value) => ({ value, text: String(value) }))}
          value={size.latent}
          onChoose={(latent) => setSize({ ...size, latent })}
        />
        <Choice
          label="input"
          options={[28, 56].map((side) => ({ value: side, text: `${side} × ${side}` }))}
          value={size.input}
          onChoose={(input) => setSize({ ...size, input })}
        />
      </div>
      <TableScroll label="Parameters and work">
        <table className="data-table" aria-live="polite">
          <thead>
            <tr>
              <td />
              <th scope="col" className="numeric">
                all
              </th>
              <th scope="col" className="numeric">
                of the assigned
              </th>
              <th scope="col">in Dense layers and in convolutions</th>
            </tr>
          </thead>
          <tbody>
            {(
              [
                ["parameters", counts.parameters, before.parameters, counts.denseParameters],
                ["multiply-adds", counts.work, before.work, counts.denseWork],
              ] as const
            ).map(([name, all, then, dense]) => (
              <tr key={name} data-part={name}>
                <th scope="row">{name}</th>
                <td className="numeric">{counted(all)}</td>
                <td className="numeric">{times(all, then)}</td>
                <td>
                  <span className="halves">
                    <span style={{ width: `${(dense / all) * 100}%` }} />
                  </span>
                  <small>
                    <span className="number">{counted(dense)}</span> (
                    <span className="number">{((dense / all) * 100).toFixed(1)} %</span>) and{" "}
                    <span className="number">{counted(all - dense)}</span>
                  </small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </figure>
  );
}

interface ChoiceProps {
  label: string;
  options: readonly { value: number; text: string }[];
  value: number;
  onChoose: (value: number) => void;
}

function Choice({ label, options, value, onChoose }: ChoiceProps) {
  return (
    <div>
      <p className="controls-name" aria-hidden="true">
        {label}
      </p>
      <fieldset className="segmented" aria-label={label}>
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            aria-pressed={option.value === value}
            onClick={() => onChoose(option.value)}
          >
            {option.text}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
