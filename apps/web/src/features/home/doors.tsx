import type { Run } from "@autoencoder/model/run";
import { linePath, logScale } from "@autoencoder/ui";
import type { ReactNode } from "react";
import { defaultRun } from "../../shared/default-run.ts";
import { drawnAddress } from "../../shared/run-addresses.ts";
import { findRun } from "../run/current-run.ts";
import { codeSize } from "../run/numbers.ts";
import styles from "./home.module.css";

export interface DoorsProps {
  run: Run;
  /** Addresses of pictures of the digit that the page opens on begin with this. */
  drawn: string;
}

/** What is on this site, each with a picture of it, and why it is worth the time. */
export async function Doors({ run, drawn }: DoorsProps) {
  const two = await findRun(`${defaultRun}-2`);
  const plane = two.ok && codeSize(two.value) === 2 ? `${drawnAddress(two.value)}/latents/sheet.png` : undefined;
  return (
    <section className={styles.here} aria-labelledby="here">
      <h2 id="here">What you can do here</h2>
      <p>
        Why squeeze a picture at all? What fits through the narrow place is what the pictures have in common. Image
        generators work inside the code of a larger autoencoder. Others find faults: a picture that comes back wrong is
        unlike those that the network was trained on. You can try both here.
      </p>
      <nav className={styles.doors} aria-label="Where to go from here">
        <Door
          href="/chapters/convolution-pixel-by-pixel"
          title="See one layer work"
          picture={<Picture address={`${drawn}/conv2d.png`} />}
        >
          nine grey values, nine weights, one sum: 32 times for every pixel
        </Door>
        <Door href="/viewer" title="Open every layer" picture={<Picture address={`${drawn}/conv2d_1.png`} />}>
          the viewer: all maps of your digit, down to each product
        </Door>
        <Door href="/train" title="Train it here" picture={<Course run={run} />}>
          the same network learns in your browser, or prints black: you steer
        </Door>
        <Door
          href="/chapters/the-latent-space"
          title="Walk a plane of digits"
          picture={plane && <Picture address={plane} />}
        >
          a network with a code of two numbers: each point of the plane is a picture
        </Door>
        <Door href="/stuck" title="Stuck at 0.11?" picture={<BlackDigits />}>
          your own network prints black? paste its losses, and read what to change
        </Door>
        <Door href="/grading" title="Check your marks" picture={<Marks />}>
          the assignment’s table, row by row, computed from the run
        </Door>
        <Door href="/program" title="The program in Keras" picture={<Code />}>
          the whole assignment in ten cells, each explained
        </Door>
        <Door href="/teach" title="For teachers" picture={<Picture address={`${drawnAddress(run)}/samples.png`} />}>
          a lesson in five links, figures to present, questions to print
        </Door>
      </nav>
    </section>
  );
}

function Door({
  href,
  title,
  picture,
  children,
}: {
  href: string;
  title: string;
  picture: ReactNode;
  children: ReactNode;
}) {
  return (
    <a href={href}>
      {picture ?? <span />}
      <span>
        <b>{title}</b>
        <span>{children}</span>
      </span>
    </a>
  );
}

function Picture({ address }: { address: string }) {
  // biome-ignore lint/performance/noImgElement: a picture that the server draws
  return <img src={address} alt="" width="96" height="72" loading="lazy" />;
}

/** How the run's validation loss fell, on a logarithmic scale, and the loss of a black picture. */
function Course({ run }: { run: Run }) {
  const losses = run.history.flatMap(({ valLoss }) => valLoss || []);
  const { black } = run.baselines;
  const y = logScale([Math.min(black, ...losses), Math.max(black, ...losses)], [60, 12]);
  const line = linePath<number>((_, epoch) => 8 + (epoch / Math.max(1, losses.length - 1)) * 80, y);
  return (
    <svg viewBox="0 0 96 72" aria-hidden="true" data-paper>
      <path d={`M8 ${y(black)}H88`} stroke="var(--ink-soft)" strokeDasharray="3 3" />
      <path d={line(losses) ?? ""} stroke="var(--latent-fill)" strokeWidth="2.5" />
    </svg>
  );
}

/** A table whose rows are ticked off. */
function Marks() {
  return (
    <svg viewBox="0 0 96 72" aria-hidden="true" data-paper>
      {[16, 29, 42, 55].map((y, row) => (
        <g key={y} strokeWidth="2.5">
          <path d={`M12 ${y}l4 4 7 -8`} stroke="var(--positive)" />
          <path d={`M34 ${y}h${[50, 38, 46, 30][row]}`} stroke="var(--ink-soft)" />
        </g>
      ))}
    </svg>
  );
}

/** What a collapsed network prints for any digits. */
function BlackDigits() {
  return (
    <svg viewBox="0 0 96 72" aria-hidden="true">
      {[12, 38, 64].map((x) => (
        <rect key={x} x={x} y="26" width="20" height="20" fill="#000" stroke="#77777f" />
      ))}
    </svg>
  );
}

function Code() {
  return <pre aria-hidden="true">{"Conv2D(32)\nConv2D(64)\nDense(64)\nfit(x, x)"}</pre>;
}
