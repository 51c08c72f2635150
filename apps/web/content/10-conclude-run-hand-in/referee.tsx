import { assignmentExample } from "@autoencoder/model/grading";
import { fixed, Table } from "@autoencoder/ui";
import styles from "./referee.module.css";

/** The assignment's own observations held against the three epochs that it prints. */
export function Referee() {
  const [, tenth, last] = assignmentExample;
  const fell = (of: "loss" | "valLoss") => `${fixed(100 * (1 - last[of] / tenth[of]), 0)} %`;
  const ratio = ({ loss, valLoss }: (typeof assignmentExample)[number]) => fixed(valLoss / loss, 2);
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
      <Table
        label="The report, refereed"
        columns={["the report says", "its own figures say", "so"]}
        className={styles.table}
        data-testid="referee"
      >
        <tbody>
          {rows.map(([claim, numbers, verdict]) => (
            <tr key={claim}>
              <td>{claim}</td>
              <td>{numbers}</td>
              <td>{verdict}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </figure>
  );
}
