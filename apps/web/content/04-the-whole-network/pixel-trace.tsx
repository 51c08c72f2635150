import { LazyFold } from "@autoencoder/ui";
import { LiveTrace } from "./lazy.ts";

/** One rebuilt pixel followed back, closed until it is asked for. */
export function PixelTrace() {
  return (
    <LazyFold data-part="trace" summary="Follow one pixel back, in six cards">
      <LiveTrace />
    </LazyFold>
  );
}
