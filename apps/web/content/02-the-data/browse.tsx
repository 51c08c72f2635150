import { encodeBytes } from "../../src/features/digit/encoding.ts";
import { currentRun } from "../../src/features/run/current-run.ts";
import { api } from "../../src/trpc/caller.ts";
import { browseOpening } from "./browse-opening.ts";
import { LiveBrowse } from "./lazy.ts";

/** The test digits by class and error, its first page drawn by the server. */
export async function Browse() {
  const { name } = await currentRun();
  const page = await api.page.testDigits({ name, ...browseOpening });
  const pictures = await api.digits.pixels({ indices: page.indices });
  return <LiveBrowse run={name} first={{ ...page, pictures: pictures.map(encodeBytes) }} />;
}
