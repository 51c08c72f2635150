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
      <figcaption>
        The mean picture of each class, and how many pictures it is made of: all{" "}
        {integer(means.reduce((sum, { count }) => sum + count, 0))} of the training file, those for validation included.
      </figcaption>
    </figure>
  );
}
