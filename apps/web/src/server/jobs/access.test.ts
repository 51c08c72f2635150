import { describe, expect, it } from "vitest";
import { type Asking, Attempts, accessOf, type Door, passFor } from "./access.ts";

/** Who may have this machine train, and who may not. */

const here: Door = { listens: "127.0.0.1" };
const token = "a token of the lab";
const own = { host: "localhost:3000", "sec-fetch-site": "same-origin" };
const asking = (headers: Record<string, string | undefined> = {}, rest: Partial<Asking> = {}): Asking => ({
  method: "GET",
  httpVersion: "1.1",
  remoteAddress: "127.0.0.1",
  headers: { ...own, ...headers },
  ...rest,
});
const posting = (headers: Record<string, string | undefined> = {}, rest: Partial<Asking> = {}) =>
  asking(
    { origin: "http://localhost:3000", "content-type": "application/json", ...headers },
    { method: "POST", ...rest },
  );
const why = (one: Asking, door = here) => {
  const access = accessOf(one, door);
  return access.allowed ? "allowed" : access.why;
};

describe("without a token", () => {
  it("this machine's own browser may train", () => {
    expect(why(asking())).toBe("allowed");
    expect(why(posting({ "content-type": "application/json; charset=utf-8" }))).toBe("allowed");
    expect(why(asking({ host: "[::1]:3000" }, { remoteAddress: "::1" }), { listens: "::1" })).toBe("allowed");
    expect(why(asking({}, { remoteAddress: "::ffff:127.0.0.1" }))).toBe("allowed");
  });

  it.each([
    ["the server listens to the network", asking(), { listens: "0.0.0.0" }, "the site listens to the network"],
    [
      "the other end is elsewhere",
      asking({}, { remoteAddress: "192.168.1.7" }),
      here,
      "the request came from another machine",
    ],
    [
      "the other end is not known",
      asking({}, { remoteAddress: undefined }),
      here,
      "the request came from another machine",
    ],
    [
      "it is asked for by another of its names",
      asking({ host: "ae.lab.example" }),
      here,
      'it was asked for as "ae.lab.example"',
    ],
    ["it has no Host", asking({ host: undefined }), here, "it was asked for as nothing"],
    ["it comes as a proxy's HTTP", asking({}, { httpVersion: "1.0" }), here, "it came as HTTP/1.0, as from a proxy"],
    [
      "no browser says whose page asks",
      asking({ "sec-fetch-site": undefined }),
      here,
      "the browser did not say that this site asks",
    ],
    [
      "its Origin is encrypted, as behind a proxy",
      posting({ origin: "https://localhost:3000" }),
      here,
      "its Origin has another scheme",
    ],
  ])("nobody may where %s", (_, one, door, words) => {
    expect(why(one, door)).toContain(`expected this machine's own browser but ${words}`);
    expect(why(one, door)).toContain("; train in a terminal, or start the site with TRAINING_TOKEN set");
  });

  it.each([
    "forwarded",
    "via",
    "x-real-ip",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "cf-connecting-ip",
  ])("nobody may whose request was passed on with the header %s", (name) => {
    expect(why(asking({ [name]: "1" }))).toContain(`a proxy passed the request on, as its header ${name} says`);
  });

  it("a cookie helps nobody", () => {
    const pass = passFor(token, { secure: false }).split(";")[0];
    expect(why(asking({ cookie: pass }, { remoteAddress: "10.0.0.1" }))).toContain("TRAINING_TOKEN");
  });
});

describe("with or without a token, a page of another site", () => {
  it.each([
    [
      "cross-site",
      asking({ "sec-fetch-site": "cross-site" }),
      'expected a request of this site but it is "cross-site"',
    ],
    ["on another port", asking({ "sec-fetch-site": "same-site" }), 'but it is "same-site"'],
    [
      "with its own Origin",
      posting({ origin: "http://evil.example" }),
      'expected this site\'s own Origin but got "http://evil.example"',
    ],
    ["with the Origin null", posting({ origin: "null" }), 'but got "null"'],
    ["with no Origin", posting({ origin: undefined }), "but got nothing"],
    [
      "with a form",
      posting({ "content-type": "application/x-www-form-urlencoded" }),
      "expected application/json, or application/octet-stream for a file, but got",
    ],
    [
      "with a plain text",
      posting({ "content-type": "text/plain" }),
      'expected application/json, or application/octet-stream for a file, but got "text/plain"',
    ],
    [
      "without a type",
      posting({ "content-type": undefined }),
      "expected application/json, or application/octet-stream for a file, but got nothing",
    ],
  ])("may not: %s", (_, one, words) => {
    const pass = passFor(token, { secure: false }).split(";")[0];
    const withPass = { ...one, headers: { ...one.headers, cookie: pass } };
    expect(why(one)).toContain(words);
    expect(why(withPass, { listens: "0.0.0.0", token })).toContain(words);
  });
});

describe("with a token", () => {
  const door: Door = { listens: "0.0.0.0", token };
  const elsewhere = { host: "ae.lab.example", "sec-fetch-site": undefined };
  const cookie = (now?: number) => passFor(token, { secure: true, ...(now !== undefined && { now }) }).split(";")[0];

  it("whoever has its cookie may train from elsewhere, through a proxy too", () => {
    expect(why(asking(elsewhere), door)).toMatch(/or the token, but the site listens to the network; enter the token$/);
    expect(why(asking({ ...elsewhere, cookie: cookie(), "x-forwarded-for": "10.0.0.1" }), door)).toBe("allowed");
    const origin = "https://ae.lab.example";
    expect(why(posting({ ...elsewhere, cookie: `other=1; ${cookie()}`, origin }), door)).toBe("allowed");
    const behind: Door = { ...door, origin };
    expect(why(posting({ host: "127.0.0.1:3000", cookie: cookie(), origin }), behind)).toBe("allowed");
  });

  it.each([
    ["that has run out", () => cookie(Date.now() - 13 * 3_600_000)],
    ["of another token", () => passFor("another token of 20", { secure: true }).split(";")[0]],
    ["whose end was moved", () => cookie()?.replace(/=\d+/, `=${9_999_999_999}`)],
    ["that is the token", () => `training=${token}`],
    ["that is nonsense", () => "training=1.%00"],
  ])("not with a cookie %s", (_, made) => {
    expect(why(asking({ ...elsewhere, cookie: made() }), door)).toContain("enter the token");
  });

  it("the cookie is out of reach for scripts, other sites and other paths, and for plain HTTP where there is HTTPS", () => {
    expect(passFor(token, { secure: true })).toMatch(
      /^training=\d+\.[\w-]+; Path=\/api\/train; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect(passFor(token, { secure: false })).not.toContain("Secure");
    expect(passFor(token, { secure: true })).not.toContain(token);
  });
});

describe("wrong tokens", () => {
  it("are counted by address: after five of them it takes ten minutes", () => {
    let now = 0;
    const attempts = new Attempts(() => now);
    for (let count = 0; count < 5; count++) {
      expect(attempts.minutesToWait("10.0.0.1")).toBe(0);
      attempts.addWrong("10.0.0.1");
    }
    expect(attempts.minutesToWait("10.0.0.1")).toBe(10);
    expect(attempts.minutesToWait("10.0.0.2")).toBe(0);
    now = 9.5 * 60_000;
    expect(attempts.minutesToWait("10.0.0.1")).toBe(1);
    now = 10 * 60_000;
    expect(attempts.minutesToWait("10.0.0.1")).toBe(0);
  });

  it("from made-up addresses fill no memory", () => {
    const attempts = new Attempts(() => 0);
    for (let count = 0; count < 5; count++) attempts.addWrong("first");
    for (let count = 0; count < 1000; count++) attempts.addWrong(String(count));
    expect(attempts.minutesToWait("first")).toBe(0);
  });
});
