import type { ComponentProps } from "react";

/** A word with a hyphen, and the two hyphens that npm wants with the option that follows them. */
const unbroken = /((?:-- )?\S*-\S*)/;

/** Code within a sentence: its lines break between the words of a command, never at a hyphen. */
export function InlineCode({ children, ...props }: ComponentProps<"code">) {
  if (typeof children !== "string" || !children.includes("-")) return <code {...props}>{children}</code>;
  return (
    <code {...props}>
      {children.split(unbroken).map((part, at) =>
        at % 2 === 1 ? (
          <span key={at} className="unbroken">
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </code>
  );
}
