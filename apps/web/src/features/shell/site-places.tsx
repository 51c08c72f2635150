"use client";
import { usePathname } from "next/navigation";
import { places } from "./pages.ts";
import styles from "./shell.module.css";

/** The header's named places, where there is room for them; the one that the page belongs to is marked. */
export function SitePlaces() {
  const path = usePathname();
  return (
    <nav className={styles.places} aria-label="Places">
      {places.map(({ href, name, within }) => (
        <a key={href} href={href} aria-current={path.startsWith(within) ? "true" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
