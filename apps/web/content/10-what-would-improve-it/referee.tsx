import { assignmentExample, exampleValidationLoss } from "@autoencoder/model/grading";
import { fixed, percent } from "@autoencoder/ui";
import { currentRun } from "../../src/features/run/current-run.ts";
import { codeSize } from "../../src/features/run/numbers.ts";
import { type Claim, JudgedClaims } from "./judged-claims.tsx";

/** Statements of the assignment's example report, each beside the figures that it prints, for the reader to judge. */
export async function Referee() {
  const run = await currentRun();
  const { pca } = run.baselines;
  const [, tenth, last] = assignmentExample;
  const fell = (of: "loss" | "valLoss") => percent(1 - last[of] / tenth[of], 0);
  const ratio = ({ loss, valLoss }: (typeof assignmentExample)[number]) => fixed(valLoss / loss, 2);
  const claims: Claim[] = [
    {
      id: "referee-converges",
      words: "The model converges after ~15 epochs.",
      figures: `From epoch 10 to epoch 20 the training loss falls by ${fell("loss")} and the validation loss by ${fell("valLoss")}.`,
      supported: false,
      because: "Both losses are still falling. No epoch between 10 and 20 is printed, so nothing singles out epoch 15.",
    },
    {
      id: "referee-overfitting",
      words: "No overfitting is visible, as the validation loss closely follows training loss.",
      figures: `Validation over training goes from ${ratio(tenth)} at epoch 10 to ${ratio(last)} at epoch 20.`,
      supported: false,
      because: "A gap opens. It is small and does no harm yet, because the validation loss still falls.",
    },
    {
      id: "referee-low",
      words: "… achieving low reconstruction loss …",
      figures: `The last validation loss is ${fixed(exampleValidationLoss)}. PCA with ${codeSize(run)} numbers scores ${fixed(pca)}.`,
      supported: exampleValidationLoss < pca,
      because: `The report itself compares its loss with nothing. Beside PCA, ${fixed(exampleValidationLoss)} is ${exampleValidationLoss < pca ? "low" : "not low"}.`,
    },
    {
      id: "referee-blur",
      words: "Some fine details (edges, thin strokes) are slightly blurred due to pixel-wise MSE loss.",
      figures: "One network was trained, with one loss.",
      supported: false,
      because: "The pictures show the blur. Its cause would take a second network, with another loss, to compare with.",
    },
    {
      id: "referee-features",
      words: "This confirms that the model learned meaningful features even without explicit digit labels.",
      figures: "Only reconstruction errors are printed.",
      supported: false,
      because: "A low error says that the pictures are near. It does not say what the numbers of the code mean.",
    },
  ];
  return <JudgedClaims claims={claims} />;
}
