import { counted } from "@autoencoder/ui";
import { StillPicture } from "../../src/features/chapter/still-picture.tsx";
import { api } from "../../src/trpc/caller.ts";

/** The mean training picture of every class. */
export async function ClassMeans() {
  const means = await api.data.classMeans();
  return (
    <figure className="wide class-means">
      <ul>
        {means.map(({ label, count, picture }) => (
          <li key={label}>
            <StillPicture pixels={picture} label={`the mean ${label}`} />
            <b>{label}</b> <span className="number">{counted(count)}</span>
          </li>
        ))}
      </ul>
      <figcaption>The mean of all training pictures of a class, and how many there are.</figcaption>
    </figure>
  );
}
