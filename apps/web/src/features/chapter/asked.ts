/** What the address of a chapter asks for beside its run. */

/** The recorded sample that `?digit=` names; undefined where it names none. @param search as `location` has it */
export function sampleAsked(search: string): number | undefined {
  const asked = new URLSearchParams(search).get("digit") ?? "";
  return /^\d{1,3}$/.test(asked) ? Number(asked) : undefined;
}

/** The step to begin at that `?present=STEP` names from 1, as an index; nonsense begins at the first. */
export function stepAsked(asked: string): number {
  return /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) - 1 : 0;
}

/** The id that an address ends with; what cannot be decoded is no part's. @param hash as `location` has it: `#ID`, or nothing */
export function partAsked(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}
