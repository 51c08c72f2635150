import { Fold } from "@autoencoder/ui";
import { CodeBlock } from "../../shared/code-block.tsx";
import { siteTitle } from "./site-title.ts";

const author = "The authors of “A digit in 64 numbers”";
const year = 2026;
const title = `${siteTitle}: inside a convolutional autoencoder`;
const bibtex = [
  "@misc{digit64,",
  `  title  = {${title}},`,
  `  author = {{${author}}},`,
  `  year   = {${year}},`,
  "  note   = {Website and source code, MIT licence}",
  "}",
].join("\n");

/** How a paper or a report names this site. */
export function HowToCite() {
  return (
    <Fold summary="How to cite this site" data-part="cite">
      <p>
        {author}. {title}. {year}. MIT licence.
      </p>
      <CodeBlock>
        <code>{bibtex}</code>
      </CodeBlock>
    </Fold>
  );
}
