"use client";
import { useState } from "react";
import { Fold, type FoldProps } from "./fold.tsx";

/** A fold whose content is made when it is opened, and computes nothing before. */
export function LazyFold({ children, ...fold }: FoldProps) {
  const [open, setOpen] = useState(false);
  return (
    <Fold {...fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      {open && children}
    </Fold>
  );
}
