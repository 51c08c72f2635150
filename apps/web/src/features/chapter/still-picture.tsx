import { deflateSync } from "node:zlib";
import { encodePng, greyPixels } from "@autoencoder/ui";
import styles from "./still-picture.module.css";

/** A digit that does not change, drawn by the server: a PNG in the page, nothing to bring to life. */
export function StillPicture({ pixels, label }: { pixels: Uint8Array | Float32Array; label: string }) {
  const side = Math.sqrt(pixels.length);
  const drawn = greyPixels(pixels);
  const address = `data:image/png;base64,${Buffer.from(encodePng(drawn, deflateSync)).toString("base64")}`;
  // biome-ignore lint/performance/noImgElement: a data address of some hundred bytes, nothing to optimize
  return <img src={address} width={side} height={side} alt={label} className={styles.picture} />;
}
