import { api } from "../../trpc/caller.ts";
import styles from "./grading.module.css";

/** All published runs to choose from; works without script. */
export async function RunChooser({ name }: { name: string }) {
  const runs = await api.runs.list();
  return (
    <form className={styles.chooser} method="get" action="/grading">
      <label>
        Run
        <select name="run" defaultValue={name}>
          {runs.map(({ name, result }) => (
            <option key={name} value={name}>
              {name}
              {!result.ok && " (cannot be read)"}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Show its checklist</button>
    </form>
  );
}
