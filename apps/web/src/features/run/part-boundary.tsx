"use client";
import { Component, type ReactNode, Suspense } from "react";
import styles from "./part-boundary.module.css";

/** What stands where a part of a page cannot be drawn: which file is wrong, or what else. May stand within a paragraph. */
export function BrokenPart({ sentence }: { sentence: string }) {
  return (
    <span className={`notice ${styles.part}`} role="note" data-part="broken">
      This part cannot be shown: {sentence.replace(/\.$/, "")}.
    </span>
  );
}

interface Props {
  /** Why the part may not work here. */
  sentence: string;
  children?: ReactNode;
}

/** A part that runs in the page and may fail, for a reason that is known before: in the server's page and after it. */
export class PartBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render(): ReactNode {
    const { sentence, children } = this.props;
    const instead = <BrokenPart sentence={sentence} />;
    return this.state.failed ? instead : <Suspense fallback={instead}>{children}</Suspense>;
  }
}
