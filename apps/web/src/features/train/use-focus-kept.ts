import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from "react";

/** Where what has the focus leaves the page, the focus goes to `instead`: the next Tab goes on from there, not from the page’s top. */
export function useFocusKept(instead: RefObject<HTMLElement | null>) {
  const last = useRef<Element>(undefined);
  useLayoutEffect(() => {
    if (!last.current || last.current.isConnected) return;
    last.current = undefined;
    if (document.activeElement === document.body) instead.current?.focus({ preventScroll: true });
  });
  return {
    onFocus: ({ target }: FocusEvent) => {
      last.current = target;
    },
    onBlur: () => {
      last.current = undefined;
    },
  };
}
