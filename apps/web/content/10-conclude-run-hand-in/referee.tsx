import { assignmentExample } from "@autoencoder/model/grading";
import { TableScroll } from "../../src/shared/table-scroll.tsx";

/** The assignment's own observations held against the three epochs that it prints. */
export function Referee() {
  const [, tenth, last] = assignmentExample;
  const fell = (of: "loss" | "valLoss") => `${(100 * (1 - last[of] / tenth[of])).toFixed(0)} %`;
  const ratio = ({ loss, valLoss }: (typeof assignmentExample)[number]) => (valLoss / loss).toFixed(2);
  const rows = [
    [
      "“The model converges after ~15 epochs.”",
      `From epoch 10 to 20 the loss still falls by ${fell("loss")}, the validation loss by ${fell("valLoss")}.`,
      "not supported by the printed epochs",
    ],
    [
      "“No overfitting is visible, as the validation loss closely follows training loss.”",
      `Validation over training goes from ${ratio(tenth)} at epoch 10 to ${ratio(last)} at epoch 20.`,
      "a gap opens; it is small",
    ],
    [
      "Epoch 1: loss 0.0368, val_loss 0.0134.",
      "The training loss is a running mean over the epoch, the validation loss is measured at its end.",
      "no mystery",
    ],
    [
      "“This confirms that the model learned meaningful features.”",
      "A low error says that the pictures are near, not what the code’s numbers mean.",
      "does not follow",
    ],
  ] as const;
  return (
    <figure className="wide">
      <TableScroll label="The report, refereed">
        <table className="data-table referee">
          <thead>
            <tr>
              <th scope="col">the report says</th>
              <th scope="col">its own figures say</th>
              <th scope="col">so</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([claim, figures, verdict]) => (
              <tr key={claim}>
                <td>{claim}</td>
                <td>{figures}</td>
                <td>{verdict}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </figure>
  );
}
