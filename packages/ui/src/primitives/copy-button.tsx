"use client";
import { useState } from "react";
import { Button } from "./button.tsx";

export interface CopyButtonProps {
  /** What goes to the clipboard. */
  text: string;
  className?: string | undefined;
}

/** Copies a text, and says whether that worked. */
export function CopyButton({ text, className }: CopyButtonProps) {
  const [said, setSaid] = useState<"copied" | "not copied: select it instead">();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("copied");
    } catch {
      setSaid("not copied: select it instead"); // refused, or not served over https
    }
  };
  return (
    <Button quiet className={className} onClick={copy} onBlur={() => setSaid(undefined)}>
      <span aria-live="polite">{said ?? "copy"}</span>
    </Button>
  );
}
