"use client";
import type { ReactNode } from "react";
import styles from "./shell.module.css";
import { chooseTheme } from "./theme.ts";

/**
 * Switches between light and dark and remembers the choice; until it is used, the system's setting holds.
 * @param children its name in words, where it stands in the menu
 */
export function ThemeToggle({ children }: { children?: ReactNode }) {
  const toggle = () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    const theme = dark ? "light" : "dark";
    root.dataset.theme = theme;
    chooseTheme(theme);
  };
  return (
    <button
      type="button"
      className={children ? styles.themeItem : styles.themeButton}
      onClick={toggle}
      aria-label={children ? undefined : "Switch between light and dark"}
    >
      <svg className={styles.sun} width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="4" fill="currentColor" />
        <path
          d="M10 1v3M10 16v3M1 10h3M16 10h3M3.6 3.6l2.1 2.1M14.3 14.3l2.1 2.1M3.6 16.4l2.1-2.1M14.3 5.7l2.1-2.1"
          stroke="currentColor"
          strokeWidth="1.6"
        />
      </svg>
      <svg className={styles.moon} width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <path d="M16 12.5A7 7 0 0 1 7.5 4a7 7 0 1 0 8.5 8.5Z" fill="currentColor" />
      </svg>
      {children}
    </button>
  );
}
