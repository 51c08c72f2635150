/**
 * The content security policy of a page; everything the site uses is its own.
 * @param inline what allows the page's inline scripts: hashes, or a nonce
 */
export function contentPolicy(inline: readonly string[], development = false): string {
  const scripts = ["'self'", ...inline, "'wasm-unsafe-eval'", ...(development ? ["'unsafe-eval'"] : [])];
  return [
    "default-src 'self'",
    `script-src ${scripts.join(" ")}`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'", // sizes and places of drawn things are style attributes
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
