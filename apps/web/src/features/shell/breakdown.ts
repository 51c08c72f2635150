/** What a page says when it broke off. */
export interface Breakdown {
  /** What happened, for the reader. */
  sentence: string;
  /** The program's own words, for whoever mends it. */
  detail?: string;
}

/** What an error means for the reader of a page. @param error as Next hands it over: with a digest where the server threw */
export function breakdownOf(error: Error & { digest?: string }): Breakdown {
  const { name, message, digest } = error;
  if (digest !== undefined) {
    const sentence = `The server could not make a part of this page; its output says why under ${digest}.`;
    // In production Next replaces the message by a paragraph of its own about that.
    return /Server Components render/.test(message) ? { sentence } : { sentence, detail: message };
  }
  if (name === "ChunkLoadError" || /load(ing)? (css )?chunk|dynamically imported module/i.test(message)) {
    return {
      sentence:
        "A part of this page’s program did not load: the connection broke off, or the site was built again meanwhile.",
      detail: message,
    };
  }
  const react = /^Minified React error #(\d{1,6})\b/.exec(message)?.[1];
  const where = react ? ` while it drew a part of the page (React’s error ${react})` : "";
  const sentence = `This page’s program broke off in your browser${where}. What you kept here is still there.`;
  return message === "" ? { sentence } : { sentence, detail: message };
}
