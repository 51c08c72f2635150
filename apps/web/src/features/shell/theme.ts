import { localTexts } from "../../shared/storage.ts";
import { themeKey } from "./theme-script.ts";

type Theme = "light" | "dark";

/** What the reader chose with the switch; undefined while the system's setting holds, or where nonsense is kept. */
export function chosenTheme(): Theme | undefined {
  const kept = localTexts.read(themeKey);
  return kept === "light" || kept === "dark" ? kept : undefined;
}

export function chooseTheme(theme: Theme): void {
  localTexts.write(themeKey, theme);
}
