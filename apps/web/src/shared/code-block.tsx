import type { ComponentProps } from "react";

/** Code to copy; it scrolls sideways where the page is narrow. */
export function CodeBlock(props: ComponentProps<"pre">) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus
  return <pre tabIndex={0} {...props} />;
}
