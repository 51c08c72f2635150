import type { MDXComponents } from "mdx/types";

/** Elements that every chapter shares; its figures are passed in by the page, which knows the run. */
export function useMDXComponents(components: MDXComponents): MDXComponents {
  return components;
}
