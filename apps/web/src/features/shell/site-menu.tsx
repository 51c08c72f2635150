"use client";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { answers, countAnswered } from "../../shared/progress.ts";
import { useStored } from "../../shared/storage.ts";
import { pageGroups } from "./pages.ts";
import styles from "./shell.module.css";
import { ThemeToggle } from "./theme-toggle.tsx";
import { useHeaderAway } from "./use-header-away.ts";

export interface MenuChapter {
  number: number;
  slug: string;
  title: string;
  minutes: number;
  /** Its questions by id. */
  questions: readonly string[];
}

/** All pages behind a button, in groups: a disclosure that works without script and closes with Escape. */
export function SiteMenu({ chapters }: { chapters: readonly MenuChapter[] }) {
  const path = usePathname();
  const given = useStored(answers);
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
      <summary aria-label="All pages">
        <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
          <path d="M3 6h16M3 11h16M3 16h16" stroke="currentColor" strokeWidth="1.8" />
        </svg>
      </summary>
      <nav aria-label="All pages">
        <p id="menu-learn" className={styles.group}>
          Learn
        </p>
        <ol aria-labelledby="menu-learn">
          {chapters.map(({ number, slug, title, minutes, questions }) => (
            <li key={slug}>
              <MenuLink href={`/chapters/${slug}`} path={path}>
                <b className="number">{number}</b>
                {title}
                <ChapterState
                  minutes={minutes}
                  questions={questions.length}
                  answered={countAnswered(given, questions)}
                />
              </MenuLink>
            </li>
          ))}
        </ol>
        {pageGroups.map(({ name, pages }) => (
          <div key={name}>
            <p id={idOf(name)} className={styles.group}>
              {name}
            </p>
            <ul aria-labelledby={idOf(name)}>
              {pages.map(({ href, title }) => (
                <li key={href}>
                  <MenuLink href={href} path={path}>
                    {title}
                  </MenuLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
        <ThemeToggle>Light or dark</ThemeToggle>
      </nav>
    </details>
  );
}

/** The minutes a chapter takes; once the reader has begun with its questions, how many of them are answered. */
function ChapterState({ minutes, questions, answered }: { minutes: number; questions: number; answered: number }) {
  if (answered === 0) return <span>{minutes} min</span>;
  return (
    <span data-done={answered === questions}>
      {answered} of {questions}
      <span className="visually-hidden"> questions answered</span>
    </span>
  );
}

function idOf(group: string): string {
  return `menu-${group.toLowerCase().replace(" ", "-")}`;
}

function MenuLink({ href, path, children }: { href: string; path: string; children: ReactNode }) {
  return (
    <a href={href} aria-current={path === href ? "page" : undefined}>
      {children}
    </a>
  );
}
