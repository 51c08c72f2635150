import { fixed, percent } from "@autoencoder/ui";
import { api } from "../../src/trpc/caller.ts";
import styles from "./how-black.module.css";

/** How black the pictures are, as a bar. */
export async function HowBlack() {
  const { zero, dark, mean } = await api.data.brightness();
  return (
    <figure>
      <div className={styles.bar} aria-hidden="true">
        <span style={{ flexGrow: zero, background: "#000" }} />
        <span style={{ flexGrow: dark - zero, background: "#444" }} />
        <span style={{ flexGrow: 1 - dark, background: "#fff" }} />
      </div>
      <figcaption data-part="black">
        <span className="number">{percent(zero)}</span> of the pixels are exactly 0, and{" "}
        <span className="number">{percent(dark)}</span> are darker than half. Their mean is{" "}
        <span className="number">{fixed(mean)}</span>. Counted over the whole training file.
      </figcaption>
    </figure>
  );
}
