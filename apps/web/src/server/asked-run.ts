/** Pages that show the run which `?run=` names; the others have nothing to do with it. */
const showRuns = /^\/(?:viewer|grading|run|teach\/questions|chapters\/[^/]+)\/?$/;

/** Whether a page's `?run=` says which run it shows. */
export function showsAskedRun(pathname: string): boolean {
  return showRuns.test(pathname);
}

/** The run that a page's address asks for, in its path or as `?run=`. */
export function askedRun({ pathname, searchParams }: Pick<URL, "pathname" | "searchParams">): string | undefined {
  const named = /^\/runs\/([^/]+)/.exec(pathname)?.[1];
  return named ?? (showsAskedRun(pathname) ? (searchParams.get("run") ?? undefined) : undefined);
}
