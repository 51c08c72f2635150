import type { Run } from "@autoencoder/model/run";
import { Scroll } from "@autoencoder/ui";
import type { Problem } from "../../shared/result.ts";
import { fileAddress } from "../../shared/run-addresses.ts";
import type { ApiAnswers } from "../../trpc/caller.ts";
import styles from "./run-picture.module.css";

export type RunPicture = ApiAnswers["runs"]["picture"];

interface PictureProps {
  picture: RunPicture;
  run: Run;
  alt: string;
  /** What stands below, after the file's name. */
  caption: string;
}

/** A picture of a run in its own proportions, or what is wrong with it. */
export function Picture({ picture, run, alt, caption }: PictureProps) {
  const { path, result } = picture;
  if (!result.ok) return <MissingPicture path={path} problem={result.problem} />;
  const { width, height } = result.value;
  return (
    <figure>
      <Scroll label={`${path} of the run ${run.name}`} className={styles.paper}>
        {/* biome-ignore lint/performance/noImgElement: a file of a run, served as it is */}
        <img className={styles.picture} src={fileAddress(run, path)} alt={alt} width={width} height={height} />
      </Scroll>
      <figcaption>
        <code>{path}</code>, {caption}
      </figcaption>
    </figure>
  );
}

export function MissingPicture({ path, problem }: { path: string; problem: Problem }) {
  return (
    <div className="notice" role="note">
      <p>
        The picture {path} is missing here: {problem.sentence}.
      </p>
    </div>
  );
}
