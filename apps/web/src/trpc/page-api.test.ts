import { describe, expect, it } from "vitest";
import { guards } from "../server/answers.ts";
import { answerApi } from "./http.ts";
import { requestLimits } from "./limits.ts";

/** What pages ask over HTTP, without a page. */

const ask = async (procedures: readonly string[], inputs: readonly unknown[]) => {
  const batch = encodeURIComponent(JSON.stringify(Object.fromEntries(inputs.map((input, at) => [at, input]))));
  const answer = await answerApi(new Request(`http://site/api/trpc/${procedures.join(",")}?batch=1&input=${batch}`));
  return { status: answer.status, text: await answer.text() };
};
const digits = { name: "assignment", label: 3, order: "worst", page: 0 };
/** What is answered to one question: its data, or what is wrong. */
const one = async (procedure: string, input: unknown) => {
  const { status, text } = await ask([procedure], [input]);
  const [{ result, error }] = JSON.parse(text);
  return { status, data: result?.data, message: error?.message };
};

it("answers several questions in one batch, and refuses more than the page's link would send", async () => {
  const pages = (count: number) => Array.from({ length: count }, (_, page) => ({ ...digits, page }));
  const most = await ask(Array(requestLimits.maxItems).fill("testDigits"), pages(requestLimits.maxItems));
  expect(most.status).toBe(200);
  expect(JSON.parse(most.text)).toHaveLength(requestLimits.maxItems);
  const more = requestLimits.maxItems + 1;
  const refused = await ask(Array(more).fill("testDigits"), pages(more));
  expect(refused.status).toBe(413);
  expect(refused.text).toBe(`expected at most ${requestLimits.maxItems} questions in a batch but got ${more}\n`);
});

it("has the test digits of a class in the order that is asked for", async () => {
  const { data: worst } = await one("testDigits", digits);
  const { data: best } = await one("testDigits", { ...digits, order: "best" });
  expect(worst.indices).toHaveLength(worst.perPage);
  expect(worst.mse).toEqual([...worst.mse].sort((a, b) => b - a));
  expect(best.mse).toEqual([...best.mse].sort((a, b) => a - b));
  expect(worst.count).toBe(best.count);
});

it.each([
  ["a class that there is not", "testDigits", { ...digits, label: 10 }, 400, /^label: /],
  ["a page beyond all digits", "testDigits", { ...digits, page: 1e6 }, 400, /^page: /],
  [
    "a name that is none",
    "testPca",
    { name: "../etc" },
    400,
    /expected a run's name of a-z, 0-9 and - but got "..\/etc"/,
  ],
  ["a name that is too long", "testPca", { name: "a".repeat(101) }, 400, /expected a run's name of a-z, 0-9 and -/],
  ["a run that is not there", "testPca", { name: "nobody" }, 404, /there is no run "nobody"/],
  ["numbers that are none", "neighbours", { name: "assignment", latent: [null] }, 400, /^latent.0: /],
  [
    "too few numbers",
    "neighbours",
    { name: "assignment", latent: [1] },
    400,
    /expected a latent vector of 64 numbers but got 1/,
  ],
  ["too many numbers", "neighbours", { name: "assignment", latent: Array(1025).fill(0) }, 400, /^latent: /],
  [
    "what only server components ask",
    "runs.list",
    undefined,
    404,
    /there is no procedure "runs.list"; load the page again/,
  ],
])("refuses %s", async (_, procedure, input, status, message) => {
  const answer = await one(procedure, input);
  expect(answer).toMatchObject({ status, message: expect.stringMatching(message) });
});

it("works on nothing for a reader who has gone", async () => {
  const address = `http://site/api/trpc/testPca?input=${encodeURIComponent('{"name":"assignment"}')}`;
  const answer = await answerApi(new Request(address, { signal: AbortSignal.abort() }));
  expect((await answer.json()).error).toMatchObject({ message: "the reader has gone", data: { httpStatus: 499 } });
});

describe("an error", () => {
  const direct = async (query: string) => {
    const answer = await answerApi(new Request(`http://site/api/trpc/${query}`));
    return { status: answer.status, answer: await answer.json(), headers: Object.fromEntries(answer.headers) };
  };

  it.each([
    [
      "input that is no JSON",
      "testPca?input={",
      400,
      "expected the questions' inputs as JSON, in ?input= or in the body, but it cannot be read",
    ],
    ["no input", "testPca", 400, "input: expected object but got nothing"],
    ["a procedure called constructor", "constructor", 404, 'there is no procedure "constructor"; load the page again'],
    ["a procedure called __proto__", "__proto__", 404, 'there is no procedure "__proto__"; load the page again'],
  ])("at %s is a sentence: no JSON in a text, no stack", async (_, query, status, message) => {
    const { answer, ...rest } = await direct(query);
    expect(rest.status).toBe(status);
    expect(answer.error.message).toBe(message);
    expect(Object.keys(answer.error.data).sort()).toEqual(["code", "httpStatus", "path"]);
    expect(rest.headers).toMatchObject(guards);
  });
});
