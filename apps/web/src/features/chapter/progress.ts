/** What the reader has answered, kept in this browser alone. */

const key = "progress";

function read(): Record<string, number> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as Record<string, number>) : {};
  } catch {
    return {}; // storage is off or was altered: the page works without it
  }
}

/** The option that was chosen, −1 for "show me"; undefined while the question is open. */
export function answered(question: string): number | undefined {
  const found = read()[question];
  return typeof found === "number" && Number.isInteger(found) ? found : undefined;
}

export function recordAnswer(question: string, option: number): void {
  try {
    localStorage.setItem(key, JSON.stringify({ ...read(), [question]: option }));
    dispatchEvent(new Event(progressChanged));
  } catch {
    // without storage the answer lasts as long as the page
  }
}

/** Fired on the window when an answer was recorded. */
export const progressChanged = "progress-changed";

/** Which of a chapter's questions were answered. */
export function answeredOf(questions: readonly string[]): number {
  const all = read();
  return questions.filter((question) => question in all).length;
}
