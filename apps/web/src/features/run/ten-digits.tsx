import type { Run } from "@autoencoder/model/run";
import type { ReactNode } from "react";
import { drawnAddress } from "../../shared/run-addresses.ts";
import { api } from "../../trpc/caller.ts";
import { currentRun } from "./current-run.ts";
import { DigitRows } from "./digit-rows.tsx";

interface TenDigitsProps {
  run: Run;
  /** What stands below. */
  caption?: ReactNode;
}

/** The first recorded test digit of each class and, below it, what the run makes of it. */
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
  const address = `${drawnAddress(run)}/ten.png`;
  return (
    <DigitRows
      rows={[
        { label: "original", address, at: "top", alt: "Ten test digits, 0 to 9" },
        { label: "rebuilt", address, at: "bottom", alt: `What the run ${run.name} makes of them` },
      ]}
      caption={caption}
    />
  );
}

/** The same of the page's run. */
export async function CurrentTenDigits() {
  const run = await currentRun();
  return (
    <TenDigits
      run={run}
      caption={
        <>
          The run of this page, <code>{run.name}</code>: a test digit of each class, and what the network makes of it.
        </>
      }
    />
  );
}
