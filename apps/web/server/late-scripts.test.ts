import { afterEach, describe, expect, it, vi } from "vitest";
import { lateScripts } from "./late-scripts.ts";

const nonce = "YTRkOTQ5ZmItOWM2ZS00NDI3LWE5MDktMTY2MWUxNmNkMTAz";
const chunk = (name: string) => `/_next/static/chunks/${name}.js`;
const script = (src: string) => `<script src="${src}" async="" nonce="${nonce}"></script>`;
const ahead = (href: string) => `<link rel="preload" nonce="${nonce}" href="${href}" as="script" fetchPriority="low"/>`;
const page = (head: string, body = "") => `<html><head>${head}</head><body>${body}</body></html>`;

/** The inline script of a page, as it is written there. */
const loaderOf = (html: string) => /<script nonce="[^"]*">(\(function[\s\S]*?)<\/script><\/head>/.exec(html)?.[1] ?? "";

describe("of a page", () => {
  it("Next's scripts and the links ahead of them give way to one inline script at the head's end", () => {
    const theme = `<script nonce="${nonce}">theme()</script>`;
    const style = `<link rel="stylesheet" href="/_next/static/chunks/a.css" nonce="${nonce}"/>`;
    const old = `<script src="${chunk("old")}" noModule="" nonce="${nonce}"></script>`;
    const data = `<script nonce="${nonce}">self.__next_f.push([1,"<link as=\\"script\\">"])</script>`;
    const html = lateScripts(
      page(
        style + ahead(chunk("main")) + script(chunk("a")) + script(chunk("main")) + ahead(chunk("b")) + theme + old,
        data,
      ),
      nonce,
    );
    const loader = loaderOf(html);
    expect(html).toBe(page(`${style}${theme}${old}<script nonce="${nonce}">${loader}</script>`, data));
    expect(loader).toContain(`(["${chunk("a")}","${chunk("main")}"],["${chunk("main")}","${chunk("b")}"])`);
  });

  it.each([
    ["without a nonce", `<script src="${chunk("x")}" async=""></script>`],
    ["with a nonce that was guessed", `<script src="${chunk("x")}" async="" nonce="YTRkOTQ5"></script>`],
    ["of another place", `<script src="/files/a/b/x.js" async="" nonce="${nonce}"></script>`],
    ["of another host", `<script src="https://evil.com/_next/static/x.js" async="" nonce="${nonce}"></script>`],
    ["that waits for nothing", `<script src="${chunk("x")}" nonce="${nonce}"></script>`],
    [
      "with words that would end the inline one",
      `<script src="/_next/static/x&quot;]);evil(" async="" nonce="${nonce}">`,
    ],
  ])("a script %s stays where it is", (_, other) => {
    const html = lateScripts(page(script(chunk("a")), other), nonce);
    expect(html).toContain(`<body>${other}</body>`);
    expect(loaderOf(html)).toContain(`(["${chunk("a")}"],[])`);
  });

  it("without scripts, or without a head, nothing changes", () => {
    for (const html of [page("<title>x</title>"), script(chunk("a"))]) expect(lateScripts(html, nonce)).toBe(html);
  });
});

describe("in the page, scripts are fetched", () => {
  afterEach(() => vi.useRealTimers());

  /** Runs the inline script in a window of our own making. */
  function open({ visibility = "visible", paints = true } = {}) {
    const appended: string[] = [];
    const listeners: Record<string, () => void> = {};
    const listen = (type: string, listener: () => void) => {
      listeners[type] = listener;
    };
    let observed: (list: unknown) => void = () => {};
    class Observer {
      static supportedEntryTypes = ["paint"];
      constructor(callback: typeof observed) {
        observed = callback;
      }
      observe() {}
    }
    const document = {
      visibilityState: visibility,
      head: {
        append: (element: { src?: string; href?: string }) => appended.push(String(element.src ?? element.href)),
      },
      createElement: () => ({}),
      addEventListener: listen,
    };
    const self = paints ? { PerformanceObserver: Observer } : {};
    const run = new Function("document", "self", "PerformanceObserver", "addEventListener", "setTimeout", loader);
    run(document, self, Observer, listen, setTimeout);
    const paint = (name: string) =>
      observed({ getEntriesByName: (asked: string) => (asked === name ? [{ name }] : []) });
    return { appended, listeners, paint };
  }
  const loader = loaderOf(lateScripts(page(script(chunk("a")) + script(chunk("b")) + ahead(chunk("c"))), nonce));
  const all = ["a", "b", "c"].map(chunk);

  it("after the first contentful paint, once, whatever comes later", () => {
    const { appended, listeners, paint } = open();
    paint("first-paint");
    expect(appended).toEqual([]);
    paint("first-contentful-paint");
    expect(appended).toEqual(all);
    paint("first-contentful-paint");
    listeners.visibilitychange?.();
    expect(appended).toEqual(all);
  });

  it.each([
    ["where nobody looks", { visibility: "hidden" }],
    ["where the browser tells of no paints", { paints: false }],
  ])("at once %s", (_, how) => {
    expect(open(how).appended).toEqual(all);
  });

  it("when the page is hidden before it was painted", () => {
    const { appended, listeners } = open();
    listeners.visibilitychange?.();
    expect(appended).toEqual(all);
  });

  it("a second after everything else was loaded, if no paint was told of", () => {
    vi.useFakeTimers();
    const { appended, listeners } = open();
    listeners.load?.();
    vi.advanceTimersByTime(999);
    expect(appended).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(appended).toEqual(all);
  });
});
