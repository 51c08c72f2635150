import { Fold } from "@autoencoder/ui";
import type { ComponentProps, ReactNode } from "react";
import { glossary } from "../../../content/glossary.ts";
import { sources } from "../../../content/sources.ts";
import styles from "./prose.module.css";

/** What the prose of all chapters is made with. */

/** More than the chapter needs, closed until it is asked for. */
export function Deeper({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Fold summary={`Deeper: ${title}`} data-part="deeper">
      {children}
    </Fold>
  );
}

/** A word of the glossary; its card opens on a tap or with Enter, without script. */
export function Term({ children, of }: { children: string; of?: string }) {
  const name = (of ?? children).toLowerCase();
  const meaning = glossary[name];
  if (!meaning) throw new Error(`expected a word of content/glossary.ts but got "${name}"`);
  const id = `term-${name.replaceAll(" ", "-")}`;
  return (
    <>
      <button type="button" className={styles.term} data-testid="term" popoverTarget={id}>
        {children}
      </button>
      <span id={id} popover="auto" role="note" className={styles.card}>
        <b>{name}</b> {meaning}
      </span>
    </>
  );
}

/** A publication, as a note beside the paragraph that it stands at the end of; below it where there is no margin. */
export function Source({ of }: { of: keyof typeof sources }) {
  const { authors, title, in: place, year, href } = sources[of];
  return (
    <small className={styles.source} data-testid="source">
      {authors}: <a href={href}>{title}</a>. {place}, {year}.
    </small>
  );
}

/** What the address of a heading ends with. */
export function headingId(children: ReactNode): string {
  const texts = [children].flat().filter((part) => typeof part === "string");
  return texts
    .join("")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
}

/** A heading that can be linked to. */
export function Heading({ children }: ComponentProps<"h2">) {
  return <h2 id={headingId(children)}>{children}</h2>;
}
