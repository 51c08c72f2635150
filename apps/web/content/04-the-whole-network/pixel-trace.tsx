import { Fold } from "../../src/features/viewer/parts.tsx";
import { LiveTrace } from "./lazy.ts";

/** One rebuilt pixel followed back, closed until it is asked for. */
export function PixelTrace() {
  return (
    <Fold summary="Follow one pixel back, in six cards">
      <LiveTrace />
    </Fold>
  );
}
