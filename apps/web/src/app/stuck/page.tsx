import { ladderPictures } from "../../../content/06-training/ladder-pictures.tsx";
import { findRun } from "../../features/run/current-run.ts";
import { Failure } from "../../features/run/failure.tsx";
import { withPreview } from "../../features/shell/preview.ts";
import { lossLadder } from "../../features/stuck/ladder.ts";
import { Stuck } from "../../features/stuck/stuck.tsx";
import { CodeToCopy } from "../../shared/code-to-copy.tsx";
import { defaultRun } from "../../shared/default-run.ts";

export const generateMetadata = () =>
  withPreview(
    {
      title: "Stuck at 0.11?",
      description:
        "A convolutional autoencoder on MNIST whose loss stays at 0.11 prints black. Paste the losses, see where they stand, and mend it in one line of Keras.",
    },
    { sample: 0, run: "assignment-literal" },
  );

/** Losses in, where they stand on the ladder and what to do out. */
export default async function StuckPage() {
  const loaded = await findRun(defaultRun);
  if (!loaded.ok) return <Failure title="This run cannot be shown" {...loaded.problem} />;
  const healthy = await findRun("assignment-bce");
  const ladder = await lossLadder(loaded.value, healthy.ok ? healthy.value : undefined);
  const pictures = await ladderPictures(loaded.value);
  return (
    <article className="prose">
      <h1>Stuck at 0.11?</h1>
      <p>
        Your autoencoder’s loss falls to 0.11 in the first batches and stays there? Then it probably prints black
        pictures, and you are not alone. Paste what Keras printed, and read where your training stands and what to do.
      </p>
      <Stuck ladder={ladder} pictures={pictures} />
      <h2>The line</h2>
      <CodeToCopy
        code={`grey = keras.initializers.Constant(-1.895)
layers.Conv2D(1, (3, 3), padding="same",
              activation="sigmoid",
              bias_initializer=grey)`}
      />
      <p>
        −1.895 is logit(0.1307), and 0.1307 the mean pixel of MNIST’s training pictures. Layers, parameters and
        optimizer stay the assignment’s. <a href="/chapters/when-it-prints-black">Why this works</a>, and{" "}
        <a href="/program">the whole program with this line in it</a>.
      </p>
      <h2>How often it happens</h2>
      <p>
        How often depends on the series of seeds and on when one looks.{" "}
        <a href="/chapters/when-it-prints-black">When it prints black</a> has the counts in Keras and in TensorFlow.js
        with their intervals. The symptom is public: see{" "}
        <a href="https://github.com/tensorflow/tensorflow/issues/72420">tensorflow#72420</a>, and{" "}
        <a href="https://github.com/L1aoXingyu/pytorch-beginner/issues/38">pytorch-beginner#38</a>, where pictures come
        out white. Neither thread has a cure.
      </p>
      <h2>If that is not it</h2>
      <ol>
        <li>
          <b>Pixels from 0 to 255.</b> Divide by 255. A sigmoid cannot print 255.
        </li>
        <li>
          <b>No channel axis.</b> The pictures must be (28, 28, 1): <code>x_train[..., None]</code>.
        </li>
        <li>
          <b>An output of 32 × 32.</b> Three poolings do not fit 28. See{" "}
          <a href="/chapters/the-whole-network">The whole network</a>.
        </li>
        <li>
          <b>Accuracy.</b> <code>metrics=["accuracy"]</code> compares grey values for equality here. It says nothing.
        </li>
        <li>
          <b>1,437,317 parameters.</b> Nothing is wrong. After <code>fit</code> Keras also counts what Adam remembers.
          See <a href="/chapters/counting">Counting</a>.
        </li>
      </ol>
      <p>
        It learns again? <a href="/grading">The checklist</a> shows what the run is worth, row by row.
      </p>
    </article>
  );
}
