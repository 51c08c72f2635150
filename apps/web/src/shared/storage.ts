import { useSyncExternalStore } from "react";
import { type GenericSchema, safeParse } from "valibot";

/**
 * What a person made or chose, kept in this browser alone. Where it keeps nothing (private windows, full, switched off)
 * a value lasts as long as the page.
 */
export interface TextStore {
  /** The text under a key; undefined where there is none. */
  read(key: string): string | undefined;
  /** Keeps a text; undefined takes it away. */
  write(key: string, text: string | undefined): void;
  /** Whether a text could not be kept and lives only as long as the page. @param prefix looks at keys that begin so */
  refused(prefix: string): boolean;
  /** Called when something has changed here, and when it may have in another tab. */
  subscribe(changed: () => void): () => void;
}

/** Texts in a storage that may refuse to be read, written or even named. */
export function textStore(storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem">): TextStore {
  const unkept = new Map<string, string | undefined>();
  const listeners = new Set<() => void>();
  return {
    read(key) {
      if (unkept.has(key)) return unkept.get(key);
      try {
        return storage().getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write(key, text) {
      try {
        if (text === undefined) storage().removeItem(key);
        else storage().setItem(key, text);
        unkept.delete(key);
      } catch {
        unkept.set(key, text);
      }
      for (const changed of listeners) changed();
    },
    refused: (prefix) => [...unkept.keys()].some((key) => key.startsWith(prefix)),
    subscribe(changed) {
      listeners.add(changed);
      // A page in the background hears nothing of other tabs: it looks again when it comes back.
      const events = ["storage", "pageshow", "focus"];
      for (const event of events) globalThis.addEventListener?.(event, changed);
      return () => {
        listeners.delete(changed);
        for (const event of events) globalThis.removeEventListener?.(event, changed);
      };
    },
  };
}

/** Outlives the browser's window, and is shared by its tabs. */
export const localTexts = textStore(() => localStorage);
/** Lasts as long as the tab. */
export const sessionTexts = textStore(() => sessionStorage);

/** How a value is kept. */
export interface Definition<Value> {
  name: string;
  /** Rises when the shape changes. Version 1 is kept under the bare name, version 2 under `NAME@2`. */
  version: number;
  schema: GenericSchema<unknown, Value>;
  /** What holds while nothing is kept, or nonsense. */
  empty: Value;
  /** The version before, read where this one is not kept yet, and what this version makes of it. */
  earlier?: { version: number; upgrade: (value: unknown) => unknown };
}

/** A value that is kept as JSON. */
export interface StoredValue<Value> {
  /** The same object until the value changes. */
  read(): Value;
  write(value: Value): void;
  /** Takes away what is kept, in every version. */
  forget(): void;
  /** Whether something is kept, be it nonsense. */
  kept(): boolean;
  subscribe(changed: () => void): () => void;
  readonly empty: Value;
}

export function storedValue<Value>(store: TextStore, definition: Definition<Value>): StoredValue<Value> {
  const { name, version, schema, empty, earlier } = definition;
  const keys = [versionedKey(name, version), ...(earlier ? [versionedKey(name, earlier.version)] : [])] as const;
  let last: { text: string | undefined; value: Value } = { text: undefined, value: empty };

  const parse = (text: string, upgrade = (value: unknown) => value): Value => {
    try {
      const parsed = safeParse(schema, upgrade(JSON.parse(text)));
      return parsed.success ? parsed.output : empty;
    } catch {
      return empty; // not JSON: altered by hand, or not ours
    }
  };
  return {
    read() {
      const own = store.read(keys[0]);
      const text = own ?? (keys[1] && store.read(keys[1]));
      if (text !== last.text) {
        const value = text === undefined ? empty : parse(text, own === undefined ? earlier?.upgrade : undefined);
        last = { text, value };
      }
      return last.value;
    },
    write: (value) => store.write(keys[0], JSON.stringify(value)),
    forget() {
      for (const key of keys) store.write(key, undefined);
    },
    kept: () => keys.some((key) => store.read(key) !== undefined),
    subscribe: store.subscribe,
    empty,
  };
}

/** A stored value in a component; the empty one on the server and until the page is live. */
export function useStored<Value>({ subscribe, read, empty }: StoredValue<Value>): Value {
  return useSyncExternalStore(subscribe, read, () => empty);
}

function versionedKey(name: string, version: number): string {
  return version === 1 ? name : `${name}@${version}`;
}
