"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { pages } from "./pages.ts";
import styles from "./shell.module.css";
import { ThemeToggle } from "./theme-toggle.tsx";
import { useHeaderAway } from "./use-header-away.ts";

interface MenuEntry {
  slug: string;
  title: string;
  minutes: number;
}

/** The list of chapters behind a button: a disclosure that works without script and closes with Escape. */
export function ChapterMenu({ chapters }: { chapters: readonly MenuEntry[] }) {
  const path = usePathname();
  useHeaderAway();
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const details = menu.current;
      if (!details?.open) return;
      if (event instanceof KeyboardEvent && event.key === "Escape") {
        event.preventDefault(); // so that the viewer below does not go up a level as well
        details.open = false;
        details.querySelector("summary")?.focus();
      } else if (event.type === "pointerdown" && !details.contains(event.target as Node)) {
        details.open = false;
      }
    };
    document.addEventListener("keydown", close);
    document.addEventListener("pointerdown", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("pointerdown", close);
    };
  }, []);
  return (
    <details className={styles.menu} data-testid="menu" ref={menu} key={path}>
      <summary aria-label="Chapters">
        <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
          <path d="M3 6h16M3 11h16M3 16h16" stroke="currentColor" strokeWidth="1.8" />
        </svg>
      </summary>
      <nav aria-label="Chapters">
        <ol>
          {pages.map(({ href, title }) => (
            <li key={href}>
              <a href={href} aria-current={path === href ? "page" : undefined}>
                {title}
              </a>
            </li>
          ))}
          {chapters.map(({ slug, title, minutes }) => (
            <li key={slug}>
              <a href={`/chapters/${slug}`} aria-current={path === `/chapters/${slug}` ? "page" : undefined}>
                {title}
                <span>{minutes} min</span>
              </a>
            </li>
          ))}
        </ol>
        <ThemeToggle>Light or dark</ThemeToggle>
      </nav>
    </details>
  );
}
