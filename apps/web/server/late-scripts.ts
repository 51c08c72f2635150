/**
 * A page of Next's whose scripts are fetched once its text is painted: on a slow line text, styles and faces come first
 * (docs/decisions/0020). Its asynchronous scripts and the links that load scripts ahead are taken out; an inline script at
 * the head's end puts them back. It stands behind every script that React has in its own tree, which React expects in order.
 * @param nonce what Next's own elements carry. Those of a stranger cannot, and stay as they are.
 */
export function lateScripts(html: string, nonce: string): string {
  const [scripts, ahead] = [new Set<string>(), new Set<string>()];
  const without = html.replace(loading, (element) => {
    const address = / (?:src|href)="(\/_next\/static\/[\w./~-]+)"/.exec(element)?.[1];
    if (address === undefined || !element.includes(` nonce="${nonce}"`)) return element;
    (element.startsWith("<script") ? scripts : ahead).add(address);
    return "";
  });
  const end = without.indexOf("</head>");
  if (scripts.size === 0 || end < 0) return html;
  const asked = `${JSON.stringify([...scripts])},${JSON.stringify([...ahead])}`;
  return `${without.slice(0, end)}<script nonce="${nonce}">(${afterPaint})(${asked})</script>${without.slice(end)}`;
}

/** As Next writes them: no attribute of its own holds `<` or `>`. */
const loading = /<script\b[^<>]* async=""[^<>]*><\/script>|<link\b[^<>]* as="script"[^<>]*>/g;

/**
 * Runs in the page. Nothing is waited for where nobody looks (a tab in the background, a page that is made ahead) or where
 * the browser does not tell of paints; and not for longer than a second after all else was loaded.
 */
function afterPaint(scripts: readonly string[], ahead: readonly string[]) {
  let waiting = true;
  const load = () => {
    if (!waiting) return;
    waiting = false;
    // As Next writes them: React takes them for its own by their `async`.
    for (const src of scripts)
      document.head.append(Object.assign(document.createElement("script"), { src, async: true }));
    for (const href of ahead) {
      const link = Object.assign(document.createElement("link"), { rel: "preload", as: "script", href });
      link.fetchPriority = "low";
      document.head.append(link);
    }
  };
  const seen = document.visibilityState === "visible";
  if (!seen || !self.PerformanceObserver?.supportedEntryTypes?.includes("paint")) return load();
  const observer = new PerformanceObserver((list) => {
    if (list.getEntriesByName("first-contentful-paint").length > 0) load();
  });
  observer.observe({ type: "paint", buffered: true });
  document.addEventListener("visibilitychange", load);
  addEventListener("load", () => setTimeout(load, 1000));
}
