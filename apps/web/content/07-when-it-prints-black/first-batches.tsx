import { type ChartLabel, fixed, LineChart, linePath, logScale, logTicks, pageLook, ticksAt } from "@autoencoder/ui";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { collapsedRun, collapsedRunName, healthyRun } from "../../src/features/run/compared-runs.ts";
import { api } from "../../src/trpc/caller.ts";
import styles from "./first-batches.module.css";

/** The first batches of the collapsed run and of one that learned. */
export async function FirstBatches() {
  const collapsed = await collapsedRun();
  if (!collapsed) return <Missing run={collapsedRunName} />;
  const healthy = await healthyRun();
  const runs = await Promise.all(
    [collapsed, ...(healthy ? [healthy] : [])].map(async (run) => {
      return { name: run.name, loss: await api.training.batchLosses(run) };
    }),
  );
  const shortest = Math.min(...runs.map(({ loss }) => loss.length));
  return <BatchLosses runs={runs} batches={Math.min(120, shortest)} />;
}

interface BatchLossesProps {
  runs: readonly { name: string; loss: Float32Array }[];
  /** How many of the first batches are drawn. */
  batches: number;
}

const size = { width: 640, height: 270, left: 48, right: 0, top: 10, bottom: 20 };
const losses = [0.01, 0.3] as const;
const colours = ["var(--negative)", "var(--positive)"] as const;

/** Loss of every batch at the beginning of trainings, as lines on one logarithmic scale. */
function BatchLosses({ runs, batches }: BatchLossesProps) {
  const plot = size.width - size.left;
  const x = (batch: number) => size.left + (batch / (batches - 1)) * plot;
  const scale = logScale(losses, [size.height - size.bottom, size.top]);
  const y = (loss: number) => scale(Math.max(loss, losses[0]));
  const line = linePath<number>((_, batch) => x(batch), y);
  const lines = runs.map(({ name, loss }, at) => ({
    name,
    path: line(loss.subarray(0, batches)) ?? "",
    colour: colours[at] ?? "var(--ink)",
    width: 1.5,
  }));
  const labels = runs.map(({ name, loss }, at): ChartLabel => {
    const last = loss[batches - 1] as number;
    return { text: `${name}: ${fixed(last)}`, x: size.width, y: y(last) + (at === 0 ? -10 : 24), anchor: "end" };
  });
  return (
    <figure className={styles.figure}>
      <LineChart
        size={size}
        look={pageLook}
        label="Loss of the first batches"
        y={{ ticks: ticksAt(logTicks(losses), y) }}
        x={{
          ticks: [
            { at: size.left, label: "batch 1", anchor: "start" },
            { at: size.width, label: `batch ${batches}`, anchor: "end" },
          ],
        }}
        numbersBelow={16}
        lines={lines}
        labels={labels}
      />
      <figcaption>Training loss of every batch, as the trainer recorded it.</figcaption>
    </figure>
  );
}
