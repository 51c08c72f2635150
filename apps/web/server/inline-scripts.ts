import { createHash } from "node:crypto";

/**
 * A page that Next made with a nonce, without it, and the hashes of the inline scripts that carried it, as sources of a
 * content security policy. What else a page holds, a stranger's words above all, cannot have known the nonce of that one
 * render: a script that came in with them gets no hash.
 */
export function hashedScripts(html: string, nonce: string): { html: string; sources: string[] } {
  const sources = new Set<string>();
  const plain = html.replace(scriptElement, (element, attributes: string, content: string) => {
    if (!attributes.includes(` nonce="${nonce}"`)) return element;
    const script = withoutNonce(content, nonce);
    if (script !== "") sources.add(`'sha256-${createHash("sha256").update(script).digest("base64")}'`);
    return `<script${attributes}>${script}</script>`;
  });
  // What is left stands in attributes: of scripts, style sheets and what is loaded ahead.
  return { html: plain.replaceAll(` nonce="${nonce}"`, ""), sources: [...sources] };
}

/** As Next writes them: no attribute of its own holds `<` or `>`, and no script `</script>`. */
const scriptElement = /<script\b([^<>]*)>([\s\S]*?)<\/script>/g;

/** React's data carry the nonce too. They say how many bytes follow, so that something as long has to take its place. */
function withoutNonce(script: string, nonce: string): string {
  const gone = "-".repeat(nonce.length);
  const binary = /^self\.__next_f\.push\(\[3,"([A-Za-z0-9+/=]*)"\]\)$/.exec(script)?.[1];
  if (binary === undefined) return script.replaceAll(nonce, gone);
  const bytes = Buffer.from(binary, "base64").toString("latin1").replaceAll(nonce, gone);
  return script.replace(binary, Buffer.from(bytes, "latin1").toString("base64"));
}
