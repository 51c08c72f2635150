import { fixed } from "@autoencoder/ui";
import { StillPicture } from "../../src/features/chapter/still-picture.tsx";
import { api } from "../../src/trpc/caller.ts";
import styles from "./black-or-other.module.css";

/** Pairs of threes, each with the distance to the other and to black: which one is nearer. */
export async function BlackOrOther() {
  const label = 3;
  const { perClass } = await api.data.blackAgainstSameClass();
  const pairs = await Promise.all(
    (perClass[label]?.examples ?? []).map(async ({ first, second, ...errors }) => {
      const pictures = await api.digits.pixels({ indices: [first, second] });
      return { ...errors, indices: [first, second], pictures };
    }),
  );
  return (
    <figure className={`wide ${styles.figure}`} data-testid="pairs">
      <ul>
        {pairs.map(({ indices, pictures, toOther, toBlack }) => (
          <li key={indices.join("-")} data-nearer={toBlack < toOther ? "black" : "other"}>
            <div>
              {indices.map((index, at) => (
                <StillPicture
                  key={index}
                  pixels={pictures[at] as Uint8Array}
                  label={`test digit ${index}, a ${label}`}
                />
              ))}
            </div>
            <span data-part="to-other">
              to the other <span className="number">{fixed(toOther)}</span>
            </span>
            <span data-part="to-black">
              to black <span className="number">{fixed(toBlack)}</span>
            </span>
          </li>
        ))}
      </ul>
      <figcaption>
        The first six of these pairs: the mean squared error between the left digit and the right one, and between the
        left digit and a black picture. The smaller one is in bold.
      </figcaption>
    </figure>
  );
}
