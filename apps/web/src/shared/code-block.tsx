import type { ComponentProps } from "react";

/** Code to copy; a block that scrolls sideways must take the focus. */
export function CodeBlock(props: ComponentProps<"pre">) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: as said
  return <pre tabIndex={0} {...props} />;
}
