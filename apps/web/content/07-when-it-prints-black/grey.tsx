import { api } from "../../src/trpc/caller.ts";
import { OneGrey } from "./lazy.ts";

/** The loss of a network that prints one grey, for the training pictures. */
export async function Grey() {
  const { mean, meanSquare } = await api.data.brightness();
  return <OneGrey mean={mean} meanSquare={meanSquare} />;
}
