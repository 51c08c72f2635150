"use client";
import styles from "../features/run/failure.module.css";
import { BreakdownReport } from "../features/shell/breakdown-report.tsx";

/** In the place of a page that broke off; header and footer stand. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <section className={styles.failure}>
      <BreakdownReport error={error} />
    </section>
  );
}
