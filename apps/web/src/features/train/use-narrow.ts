import { useSyncExternalStore } from "react";

const query = "(max-width: 700px)";

/** Whether the screen is as narrow as a phone's; on the server it is not. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  );
}

function subscribe(changed: () => void) {
  const list = matchMedia(query);
  list.addEventListener("change", changed);
  return () => list.removeEventListener("change", changed);
}
