import type { ReactNode } from "react";

/** A table that scrolls sideways where it must; it takes the focus, so that keys can scroll it. */
export function TableScroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
    <section className="table-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
