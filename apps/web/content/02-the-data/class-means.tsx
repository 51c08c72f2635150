import { integer } from "@autoencoder/ui";
import { StillPicture } from "../../src/features/chapter/still-picture.tsx";
import { api } from "../../src/trpc/caller.ts";
import styles from "./class-means.module.css";

/** The mean training picture of every class. */
export async function ClassMeans() {
  const means = await api.data.classMeans();
  return (
    <figure className={`wide ${styles.figure}`}>
      <ul>
        {means.map(({ label, count, picture }) => (
          <li key={label}>
            <StillPicture pixels={picture} label={`the mean ${label}`} />
            <b>{label}</b> <span className="number">{integer(count)}</span>
          </li>
        ))}
      </ul>
      <figcaption>The mean of all training pictures of a class, and how many there are.</figcaption>
    </figure>
  );
}
