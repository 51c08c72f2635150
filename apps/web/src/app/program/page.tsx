import { chapters } from "../../../content/chapters.ts";
import { cells } from "../../../content/program.ts";
import { findRun } from "../../features/run/current-run.ts";
import styles from "../../features/run/files.module.css";
import { TenDigits } from "../../features/run/ten-digits.tsx";
import { withPreview } from "../../features/shell/preview.ts";
import { CodeToCopy } from "../../shared/code-to-copy.tsx";
import { defaultRun } from "../../shared/default-run.ts";

export const generateMetadata = () =>
  withPreview(
    {
      title: "The program",
      description:
        "A convolutional autoencoder on MNIST as one Keras program of ten cells, each with the chapter that explains it.",
    },
    { sample: 50 },
  );

/** The assignment's program whole, cell by cell, each with the chapter that explains it. */
export default async function ProgramPage() {
  const loaded = await findRun(defaultRun);
  return (
    <article className="prose">
      <h1>The program</h1>
      <p>
        The whole assignment in Keras, ten cells from the settings to the files. Each cell leads to the chapter that
        explains it. Copy them one after the other into a notebook, or take them as a file:
      </p>
      <ul>
        <li>
          <a className={styles.download} href="/program/mnist_autoencoder.ipynb" download>
            mnist_autoencoder.ipynb
          </a>{" "}
          for Colab or Jupyter
        </li>
        <li>
          <a className={styles.download} href="/program/mnist_autoencoder.py" download>
            mnist_autoencoder.py
          </a>{" "}
          for <code>python mnist_autoencoder.py</code>
        </li>
      </ul>
      <p>
        It needs Keras 3 with TensorFlow, NumPy and Matplotlib; Colab has all of them. A GPU makes it faster and is not
        needed. It writes <code>loss_curve.png</code>, <code>reconstructions.png</code> and three <code>.keras</code>{" "}
        files.
      </p>
      {loaded.ok && (
        <TenDigits
          run={loaded.value}
          caption={
            <>
              What it is for: ten test digits, and below them what a network of these layers rebuilds. This one is the
              run <code>{defaultRun}</code>, which was trained for this site.
            </>
          }
        />
      )}
      {cells.map(({ title, note, explained, code }, at) => (
        <section key={title} data-testid="program-cell" aria-labelledby={`cell-${at + 1}`}>
          <h2 id={`cell-${at + 1}`}>
            {at + 1}. {title}
          </h2>
          <p>
            {note} Explained in <Explained {...explained} />.
          </p>
          <CodeToCopy code={code} />
        </section>
      ))}
    </article>
  );
}

function Explained({ slug, heading }: { slug: string; heading?: string }) {
  const chapter = chapters.find((known) => known.slug === slug);
  if (!chapter) throw new Error(`expected a chapter of content/chapters.ts but got "${slug}"`);
  return <a href={`/chapters/${slug}${heading ? `#${heading}` : ""}`}>{chapter.title}</a>;
}
