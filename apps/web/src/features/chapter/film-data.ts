import type { Run } from "@autoencoder/model/run";
import { drawnAddress } from "../../shared/run-addresses.ts";
import { api } from "../../trpc/caller.ts";
import { encodeBytes } from "../digit/encoding.ts";
import type { FilmOfRun } from "./film-of-run.ts";

/** A training's film as the server hands it to the page; undefined where the run recorded none. */
export async function filmOfRun(run: Run): Promise<FilmOfRun | undefined> {
  const film = await api.training.film(run);
  if (!film) return undefined;
  const { first, ...numbers } = film;
  return {
    name: run.name,
    outputBias: run.outputBias,
    ...numbers,
    first: { ...first, digits: encodeBytes(first.digits) },
    frames: `${drawnAddress(run)}/film/frames.gz`,
  };
}
