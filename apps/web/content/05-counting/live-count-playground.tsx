"use client";
import type { AutoencoderSpec } from "@autoencoder/model";
import { fixed, integer, percent, Table, Toggle } from "@autoencoder/ui";
import { useInAddress } from "../../src/shared/in-address.ts";
import styles from "./count-playground.module.css";
import { assigned, countsOf, sizedSpec } from "./counts.ts";

const options = { filters: [8, 16, 32, 64], kernel: [1, 3, 5], latent: [2, 16, 32, 64, 128], input: [28, 56] } as const;

/** Sizes to change one at a time; parameters and work beside each other, and beside the assignment's. */
export function LiveCountPlayground({ spec }: { spec: AutoencoderSpec }) {
  const [first, setFirst] = useInAddress<number>("filters", assigned.filters[0], options.filters);
  const [kernel, setKernel] = useInAddress<number>("kernel", assigned.kernel, options.kernel);
  const [latent, setLatent] = useInAddress<number>("latent", assigned.latent, options.latent);
  const [input, setInput] = useInAddress<number>("input", assigned.input, options.input);
  const size = { filters: [first, 2 * first] as const, kernel, latent, input };
  const counts = countsOf(sizedSpec(spec, size));
  const before = countsOf(sizedSpec(spec, assigned));
  const times = (now: number, then: number) => `× ${fixed(now / then, 2)}`;
  return (
    <figure data-testid="count-playground">
      <div className={styles.controls}>
        <Choice
          label="filters"
          options={options.filters}
          text={(value) => `${value}, ${2 * value}`}
          value={first}
          onChoose={setFirst}
        />
        <Choice
          label="kernel"
          options={options.kernel}
          text={(value) => `${value} × ${value}`}
          value={kernel}
          onChoose={setKernel}
        />
        <Choice label="latent size" options={options.latent} text={String} value={latent} onChoose={setLatent} />
        <Choice
          label="input"
          options={options.input}
          text={(value) => `${value} × ${value}`}
          value={input}
          onChoose={setInput}
        />
      </div>
      <Table label="Parameters and work" className={styles.table} aria-live="polite">
        <thead>
          <tr>
            <td />
            <th scope="col" className="numeric">
              all
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
              <td className="numeric">
                {integer(all)}
                <br />
                <small>{times(all, then)}</small>
              </td>
              <td>
                <span className={styles.halves}>
                  <span style={{ width: `${(dense / all) * 100}%` }} />
                </span>
                <small>
                  <span className="number">{integer(dense)}</span> (
                  <span className="number">{percent(dense / all)}</span>) and{" "}
                  <span className="number">{integer(all - dense)}</span>
                </small>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <figcaption>Under each count, how many times it is that of the assigned sizes.</figcaption>
    </figure>
  );
}

interface ChoiceProps {
  label: string;
  options: readonly number[];
  text: (value: number) => string;
  value: number;
  onChoose: (value: number) => void;
}

function Choice({ label, options, text, value, onChoose }: ChoiceProps) {
  return (
    <div>
      <p className={styles.name} aria-hidden="true">
        {label}
      </p>
      <Toggle label={label} options={options} value={value} onChoose={onChoose} name={text} className={styles.toggle} />
    </div>
  );
}
