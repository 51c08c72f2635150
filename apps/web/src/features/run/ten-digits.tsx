import type { Run } from "@autoencoder/model/run";
import type { ReactNode } from "react";
import { drawnAddress } from "../../shared/run-addresses.ts";
import { api } from "../../trpc/caller.ts";
import styles from "./ten-digits.module.css";

interface TenDigitsProps {
  run: Run;
  /** What stands below. */
  caption?: ReactNode;
}

/** The first recorded test digit of each class and, below it, what the run makes of it: at any width all ten. */
export async function TenDigits({ run, caption }: TenDigitsProps) {
  const problem = await api.digits.samples(run).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
  if (problem !== undefined) {
    return (
      <div className="notice" role="note">
        <p>The recorded reconstructions cannot be shown: {problem}</p>
      </div>
    );
  }
  const src = `${drawnAddress(run)}/ten.png`;
  return (
    <figure>
      <div className={styles.rows}>
        <span>original</span>
        <Row src={src} alt="Ten test digits, 0 to 9" row="original" />
        <span>rebuilt</span>
        <Row src={src} alt={`What the run ${run.name} makes of them`} row="rebuilt" />
      </div>
      {caption && <figcaption>{caption}</figcaption>}
    </figure>
  );
}

/** One of the file's two rows. */
function Row({ src, alt, row }: { src: string; alt: string; row: "original" | "rebuilt" }) {
  // biome-ignore lint/performance/noImgElement: a picture that the server draws, served as it is
  return <img src={src} alt={alt} width="280" height="28" data-row={row} />;
}
