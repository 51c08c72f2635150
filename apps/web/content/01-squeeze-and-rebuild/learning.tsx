import { filmOfRun } from "../../src/features/chapter/film-data.ts";
import { Missing } from "../../src/features/chapter/missing.tsx";
import { encodeBytes } from "../../src/features/digit/encoding.ts";
import { healthyRun } from "../../src/features/run/compared-runs.ts";
import { defaultRun } from "../../src/shared/default-run.ts";
import { api } from "../../src/trpc/caller.ts";
import { LiveLearning } from "./lazy.ts";

/** A training from its first step to its last: what is asked for above what the network paints. */
export async function Learning() {
  const run = await healthyRun();
  if (!run) return <Missing run={defaultRun} />;
  const film = await filmOfRun(run);
  if (!film) return <Missing run={run.name} file="film" />;
  const targets = await api.digits.pixels({ indices: film.indices });
  return <LiveLearning film={film} targets={targets.map((pixels) => encodeBytes(pixels))} />;
}
