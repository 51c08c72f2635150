import { fixed } from "@autoencoder/ui";
import type { ApiAnswers } from "../../trpc/caller.ts";
import styles from "./rebuilt-digits.module.css";
import { StillPicture } from "./still-picture.tsx";

type RebuiltTestDigit = ApiAnswers["digits"]["bestTypicalWorst"][number][number];

/** A test digit of each class, in their order, with its reconstruction below and the error of it. */
export function RebuiltDigits({ digits }: { digits: readonly RebuiltTestDigit[] }) {
  return (
    <ul className={styles.digits}>
      {digits.map(({ index, mse, pixels, reconstruction }, label) => (
        <li key={label}>
          <StillPicture pixels={pixels} label={`test digit ${index}, a ${label}`} />
          <StillPicture pixels={reconstruction} label="its reconstruction" />
          <small className="number">{fixed(mse)}</small>
        </li>
      ))}
    </ul>
  );
}
