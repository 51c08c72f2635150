import { fixed, percent } from "@autoencoder/ui";
import { ShareBar } from "../../src/shared/share-bar.tsx";
import { api } from "../../src/trpc/caller.ts";

/** How black the pictures are, as a bar. */
export async function HowBlack() {
  const { zero, dark, mean } = await api.data.brightness();
  return (
    <figure>
      <ShareBar
        parts={[
          { label: "exactly 0", share: zero, colour: "#000" },
          { label: "darker than half", share: dark - zero, colour: "#444" },
          { label: "brighter", share: 1 - dark, colour: "#fff" },
        ]}
      />
      <figcaption data-part="black">
        <span className="number">{percent(zero)}</span> of the pixels are exactly 0, and{" "}
        <span className="number">{percent(dark)}</span> are darker than half. Their mean is{" "}
        <span className="number">{fixed(mean)}</span>. Counted over the whole training file.
      </figcaption>
    </figure>
  );
}
