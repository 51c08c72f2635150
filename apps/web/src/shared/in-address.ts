import { useEffect, useState } from "react";

/** What an address chooses among what can be chosen; undefined where it names nothing of that. @param search as `location` has it */
export function choiceIn<T extends number | string>(search: string, name: string, allowed: readonly T[]) {
  const asked = new URLSearchParams(search).get(name);
  return allowed.find((option) => String(option) === asked);
}

/**
 * A choice of a figure that the address holds as well, so that a link opens the figure as it stands.
 * @param allowed what can be chosen; anything else in the address is ignored
 */
export function useInAddress<T extends number | string>(name: string, initial: T, allowed: readonly T[]) {
  const [value, setValue] = useState(initial);
  // The server cannot know: the page opens on the first choice and moves to the asked one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when the figure comes up
  useEffect(() => {
    const found = choiceIn(location.search, name, allowed);
    if (found !== undefined) setValue(found);
  }, []);
  const choose = (to: T) => {
    setValue(to);
    const address = new URL(location.href);
    if (to === initial) address.searchParams.delete(name);
    else address.searchParams.set(name, String(to));
    history.replaceState(history.state, "", address);
  };
  return [value, choose] as const;
}
