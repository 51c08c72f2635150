"use client";
import styles from "../features/run/failure.module.css";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <section className={styles.failure}>
      <h1>This page could not be shown</h1>
      <p>What is wrong:</p>
      <pre>{error.message}</pre>
      <p>The server's output has the details{error.digest ? ` under ${error.digest}` : ""}.</p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </section>
  );
}
