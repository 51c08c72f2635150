import { recipes } from "@autoencoder/model/recipes";
import { runName } from "@autoencoder/model/run";
import { defaultRun } from "../../shared/default-run.ts";
import styles from "./failure.module.css";

interface FailureProps {
  title: string;
  sentence: string;
  name: string;
  /** Address of the same page for the run that is shown by default. */
  otherwise?: string | undefined;
}

/** What stands where a run cannot be shown: what is wrong, and the command that mends it. */
export function Failure({ title, sentence, name, otherwise = "?" }: FailureProps) {
  const command = mendingCommand(name);
  return (
    <section className={styles.failure} aria-labelledby="failure-title">
      <h1 id="failure-title">{title}</h1>
      <p>What is wrong:</p>
      <pre>{sentence}</pre>
      {command && (
        <>
          <p>
            If this run is somebody’s work, ask for its folder and put that in its place. Otherwise train a new run of
            this name:
          </p>
          <pre>{command}</pre>
          <p>
            Then load this page again. Published runs lie in the folder <code>artifacts/</code>.
          </p>
        </>
      )}
      <p>
        <a href={otherwise}>Show the run {defaultRun}</a> or <a href="/runs">all runs</a>
      </p>
    </section>
  );
}

/** The command that makes a run of this name, where there can be one. */
export function mendingCommand(name: string): string | undefined {
  if (name === defaultRun) return "npx turbo run train";
  if (Object.hasOwn(recipes, name)) return `npm run train -- --recipe ${name}`;
  return runName.safeParse(name).success ? `npm run train -- --name ${name}` : undefined;
}
