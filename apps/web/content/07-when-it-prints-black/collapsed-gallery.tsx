import { Missing } from "../../src/features/chapter/missing.tsx";
import { collapsedRun, collapsedRunName } from "../../src/features/run/compared-runs.ts";
import { Gallery } from "../../src/features/run/gallery.tsx";

/** What the collapsed run rebuilds. */
export async function CollapsedGallery() {
  const run = await collapsedRun();
  return run ? <Gallery run={run} /> : <Missing run={collapsedRunName} />;
}
