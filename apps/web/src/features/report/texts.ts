/**
 * What a student writes in a report: kept in this browser alone, a text under a key of its own, so that two tabs that
 * write different answers do not overwrite each other's.
 */
export interface Texts {
  read(key: string): string;
  write(key: string, text: string): void;
  /** Whether the last text could not be kept and lives only as long as the page. */
  refused(): boolean;
  subscribe(changed: () => void): () => void;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Texts in a storage. Where it refuses (private windows, full, switched off) they last as long as the page. */
export function textsIn(storage: () => Store): Texts {
  const unkept = new Map<string, string>();
  const listeners = new Set<() => void>();
  const stored = (key: string) => {
    try {
      return storage().getItem(key) ?? "";
    } catch {
      return "";
    }
  };
  return {
    read: (key) => unkept.get(key) ?? stored(key),
    write(key, text) {
      try {
        if (text === "") storage().removeItem(key);
        else storage().setItem(key, text);
        unkept.delete(key);
      } catch {
        unkept.set(key, text);
      }
      for (const changed of listeners) changed();
    },
    refused: () => unkept.size > 0,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

/** The key of an answer, or of the author's name. */
export function textKey(run: string, id: string): string {
  return `report/${run}/${id}`;
}
