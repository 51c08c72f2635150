/** The pages that are measured. */
export const pages = ["/", "/viewer", "/chapters/the-run-at-a-glance"];
