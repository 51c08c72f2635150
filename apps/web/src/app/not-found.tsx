import { chapters } from "../../content/chapters.ts";
import styles from "../features/run/failure.module.css";
import { pages } from "../features/shell/pages.ts";

export default function NotFound() {
  return (
    <section className={styles.failure}>
      <h1>There is no such page</h1>
      <p>The address may be mistyped. These pages exist:</p>
      <ul>
        {pages.map(({ href, title }) => (
          <li key={href}>
            <a href={href}>{title}</a>
          </li>
        ))}
        {chapters.map(({ slug, title }) => (
          <li key={slug}>
            <a href={`/chapters/${slug}`}>{title}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
