import type { Metadata } from "next";
import { findRun } from "../../features/run/current-run.ts";
import { Failure } from "../../features/run/failure.tsx";
import { ladderOf } from "../../features/stuck/ladder.ts";
import { Stuck } from "../../features/stuck/stuck.tsx";
import { CodeBlock } from "../../shared/code-block.tsx";
import { defaultRun } from "../../shared/default-run.ts";

export const metadata: Metadata = {
  title: "Stuck at 0.11?",
  description:
    "A convolutional autoencoder on MNIST whose loss stays at 0.11 prints black. Paste the losses, see where they stand, and mend it in one line of Keras.",
};

/** Losses in, where they stand on the ladder and what to do out. */
export default async function StuckPage() {
  const loaded = await findRun(defaultRun);
  if (!loaded.ok) return <Failure title="This run cannot be shown" {...loaded.problem} />;
  const { black, pca } = loaded.value.baselines;
  return (
    <article className="prose">
      <h1>Stuck at 0.11?</h1>
      <p>
        The loss of the autoencoder falls to 0.11 in the first batches and then stays there? You are not alone: with the
        assignment’s exact recipe 11 of 12 seeds did this in one series in Keras (95 % interval 65 to 99 %), 4 of 6 in
        another, and 3 of 6 in TensorFlow.js. The pictures are black. Paste your losses.
      </p>
      <Stuck rungs={await ladderOf(loaded.value)} black={black} pca={pca} />
      <h2>The line</h2>
      <CodeBlock>
        <code>{`layers.Conv2D(1, (3, 3), activation="sigmoid", padding="same",
              bias_initializer=keras.initializers.Constant(-1.895))`}</code>
      </CodeBlock>
      <p>
        −1.895 is logit(0.1307), and 0.1307 the mean pixel of the training pictures. Layers, parameters and optimizer
        stay the assignment’s. <a href="/chapters/when-it-prints-black">Why this works</a>, and{" "}
        <a href="/program">the whole program with this line in it</a>.
      </p>
      <h2>If that is not it</h2>
      <ol>
        <li>
          <b>Pixels from 0 to 255.</b> Divide by 255; a sigmoid cannot print 255.
        </li>
        <li>
          <b>No channel axis.</b> The pictures must be (28, 28, 1): <code>x_train[..., None]</code>.
        </li>
        <li>
          <b>An output of 32 × 32.</b> Three poolings do not fit 28; see{" "}
          <a href="/chapters/the-whole-network">The whole network</a>.
        </li>
        <li>
          <b>Accuracy.</b> <code>metrics=["accuracy"]</code> compares grey values for equality here; it says nothing.
        </li>
        <li>
          <b>1,437,317 parameters.</b> Nothing is wrong: after <code>fit</code> Keras also counts what Adam remembers;
          see <a href="/chapters/counting">Counting</a>.
        </li>
      </ol>
      <p>
        It learns again? <a href="/grading">The checklist</a> shows what the run is worth, row by row.
      </p>
    </article>
  );
}
