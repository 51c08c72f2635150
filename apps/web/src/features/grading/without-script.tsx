import { type Evidence, grade, rubric } from "@autoencoder/model/grading";
import { printed } from "./marks.ts";

/** What the record alone shows, for readers without script: the checks that need the weights stay open. */
export function WithoutScript({ recorded }: { recorded: Evidence }) {
  const results = grade(recorded);
  return (
    <noscript>
      <div className="notice">
        <p>
          Without script nothing can be recomputed from the weights. This is what the files show; the other checks are
          open.
        </p>
      </div>
      <ul>
        {rubric
          .slice(0, 3)
          .flatMap(({ checks }) => checks)
          .map(({ id, title, marks }) => (
            <li key={id} data-recorded={id}>
              <b>{id}</b> {title}: {results[id].line} → {printed(results[id])} of {marks}
            </li>
          ))}
      </ul>
    </noscript>
  );
}
