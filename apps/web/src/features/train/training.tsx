import { defaultRun } from "../../shared/default-run.ts";
import { api } from "../../trpc/caller.ts";
import { encodeBytes } from "../digit/encoding.ts";
import { findRun } from "../run/current-run.ts";
import { LiveTraining } from "./lazy.ts";
import type { CommittedSeries } from "./seed-wall.tsx";

/** A training in the page, with what the server knows that it is compared with. */
export async function Training({ series }: { series: readonly CommittedSeries[] }) {
  const loaded = await findRun(defaultRun);
  const film = loaded.ok ? await api.training.film(loaded.value) : undefined;
  const indices = film?.indices ?? [...Array(10).keys()];
  const pixels = await api.digits.pixels({ indices });
  const together = new Uint8Array(pixels.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const digit of pixels) {
    together.set(digit, offset);
    offset += digit.length;
  }
  const losses = film?.steps.flatMap((step, at) => {
    const value = film.losses[at] as number;
    return step > 0 && step <= 1024 ? [{ step, value }] : [];
  });
  return (
    <LiveTraining
      watched={{ indices, pixels: encodeBytes(together) }}
      committed={losses && { name: "the committed run", losses }}
      series={series}
    />
  );
}
