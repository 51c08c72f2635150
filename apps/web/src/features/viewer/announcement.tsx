"use client";
import { useEffect, useState } from "react";

/** Milliseconds after which a digit that was being drawn, or a value that was passed on the way, has come to rest. */
const rest = 300;

/** Says what is selected to those who do not see it, once it rests: a pen changes it with every frame. */
export function Announcement({ text }: { text: string }) {
  const [told, setTold] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setTold(text), rest);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {told}
    </p>
  );
}
