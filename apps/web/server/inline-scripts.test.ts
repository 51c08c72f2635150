import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashedScripts } from "./inline-scripts.ts";

const nonce = "YTRkOTQ5ZmItOWM2ZS00NDI3LWE5MDktMTY2MWUxNmNkMTAz";
const gone = "-".repeat(nonce.length);
const own = (script: string) => `<script nonce="${nonce}">${script}</script>`;
const hashOf = (script: string) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

it("a script that carries the nonce is allowed by its hash, as it stands in the page without the nonce", () => {
  const { html, sources } = hashedScripts(
    `<p>ü</p>${own('f("ü")')}<script nonce="${nonce}" id="_R_">g()</script>`,
    nonce,
  );
  expect(html).toBe('<p>ü</p><script>f("ü")</script><script id="_R_">g()</script>');
  expect(sources).toEqual([hashOf('f("ü")'), hashOf("g()")]);
});

it("a script with an address needs no hash, and one that stands twice needs one", () => {
  const { html, sources } = hashedScripts(
    `<script src="/a.js" async="" nonce="${nonce}"></script>${own("f()")}${own("f()")}`,
    nonce,
  );
  expect(html).toBe('<script src="/a.js" async=""></script><script>f()</script><script>f()</script>');
  expect(sources).toEqual([hashOf("f()")]);
});

it("the nonce goes from styles and links too", () => {
  const { html } = hashedScripts(`<link rel="preload" nonce="${nonce}" href="/a.css"/>`, nonce);
  expect(html).toBe('<link rel="preload" href="/a.css"/>');
});

it("the nonce in React's data becomes something as long, in text and in base64", () => {
  const binary = (text: string) => `self.__next_f.push([3,"${Buffer.from(text).toString("base64")}"])`;
  const data = (value: string) => `self.__next_f.push([1,"0:{\\"nonce\\":\\"${value}\\"}"])`;
  const { html, sources } = hashedScripts(own(data(nonce)) + own(binary(`x${nonce}\u00e4`)), nonce);
  expect(html).not.toContain(nonce);
  expect(html).toBe(`<script>${data(gone)}</script><script>${binary(`x${gone}\u00e4`)}</script>`);
  expect(sources).toEqual([hashOf(data(gone)), hashOf(binary(`x${gone}\u00e4`))]);
});

describe("a script that a stranger brought into the page gets no hash", () => {
  const evil = "alert(1)";
  it.each([
    ["without a nonce", `<script>${evil}</script>`],
    ["with a nonce that was guessed", `<script nonce="YTRkOTQ5">${evil}</script>`],
    ["with an empty one", `<script nonce="">${evil}</script>`],
    ["with the nonce's name in other words", `<script data-nonce="x" title=' nonce="'>${evil}</script>`],
    ["in capitals", `<SCRIPT>${evil}</SCRIPT>`],
    ["left open, so that it takes the next one's end", `<script>${evil}//`],
    ["left open in an attribute, so that it takes the next one's nonce", `<script src="data:,${evil}" x="`],
    ["left open after its content", `<script>${evil}</script><script x='`],
  ])("%s", (_, injected) => {
    const { sources } = hashedScripts(`<p>${injected}</p>${own("f()")}${own("g()")}`, nonce);
    expect(sources).not.toContain(hashOf(evil));
    // At most what Next itself wrote.
    for (const source of sources) expect([hashOf("f()"), hashOf("g()")]).toContain(source);
    expect(sources).toContain(hashOf("g()"));
  });
});
