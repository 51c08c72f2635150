import katex from "katex";
import styles from "./formula.module.css";

/** A formula in TeX as MathML, which browsers draw themselves: no style sheet, no fonts, no script. */
export function Formula({ children, block = false }: { children: string; block?: boolean }) {
  const mathml = {
    __html: katex.renderToString(children, { output: "mathml", displayMode: block, throwOnError: true }),
  };
  // biome-ignore-start lint/security/noDangerouslySetInnerHtml: made by KaTeX from a formula of ours
  if (!block) return <span dangerouslySetInnerHTML={mathml} />;
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a formula that scrolls sideways must take the focus
  return <div className={styles.block} tabIndex={0} dangerouslySetInnerHTML={mathml} />;
  // biome-ignore-end lint/security/noDangerouslySetInnerHtml: as above
}
