import seeds from "../../../content/07-when-it-prints-black/seeds.json";
import { withPreview } from "../../features/shell/preview.ts";
import { OnThisMachine } from "../../features/train/on-this-machine.tsx";
import { Training } from "../../features/train/training.tsx";

export const generateMetadata = () =>
  withPreview(
    {
      title: "Watch it learn",
      description:
        "Train the real convolutional autoencoder in this page: watch digits appear or the network die, change its settings while it runs, go back and try another way.",
    },
    { sample: 0 },
  );

/** A training of the real network in the reader's browser. */
export default function TrainPage() {
  const series = seeds.map(({ engine, outcomes }) => ({
    engine: engine.name,
    collapsed: outcomes.filter(({ collapsed }) => collapsed !== null).length,
    of: outcomes.length,
  }));
  return (
    <article className="prose">
      <h1>Watch it learn</h1>
      <p>
        This is the assignment’s network with its 479,105 weights, before it has learned anything. Start a training, and
        it learns here, in your browser, from 4,000 handwritten digits or more. Nothing is played back: every step is
        computed now.
      </p>
      <Training series={series} />
      <h2 id="on-this-machine">On this machine</h2>
      <p>
        The trainer itself takes all digits and as many epochs as you like, on the machine that serves this page. The
        training goes on when you close the page, and the finished run stands among the others.
      </p>
      <OnThisMachine />
      <h2>What this is, and what it is not</h2>
      <p>
        The code is the trainer’s own: its recipe, its loop and its optimizer, in a worker beside this page. The
        committed runs had 54,000 pictures and twenty epochs, so their results are better than what a few minutes give.
      </p>
      <p>
        Why one of the three dies is told in <a href="/chapters/when-it-prints-black">When it prints black</a>. What the
        loss, the batch and the epoch are, is told in <a href="/chapters/training">Training</a>.
      </p>
      <noscript>
        <p>A training in the page needs JavaScript. The chapters show the committed trainings without it.</p>
      </noscript>
    </article>
  );
}
