import { text } from "node:stream/consumers";
import type { ReactNode } from "react";
import { prerenderToNodeStream } from "react-dom/static";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { guarded } from "./guarded.tsx";

const drawn = async (node: ReactNode) => text((await prerenderToNodeStream(node)).prelude as NodeJS.ReadableStream);

/** An error as the API's caller throws it for a run's fault. */
function fault(sentence: string): Error {
  const cause = Object.assign(new Error(sentence), { name: "RunProblem" });
  return new Error(sentence, { cause });
}

/** A component that runs in the page, as the server sees it. */
const inPage = <Props,>(component: (props: Props) => ReactNode) =>
  Object.assign(component, { $$typeof: Symbol.for("react.client.reference") });

const Whole = async ({ word }: { word: string }) => <b>{word}</b>;
const Broken = async () => {
  throw fault("steps.safetensors of the run: expected F32 but got U8; train the run again");
};
const BrokenAtOnce = () => {
  throw fault("no weights");
};
const BrokenInside = async () => (
  <figure>
    <Broken />
    <figcaption>still here</figcaption>
  </figure>
);

let printed: unknown[][];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, "error").mockImplementation((...words) => {
    printed.push(words);
  });
});
afterEach(() => vi.restoreAllMocks());

it("leaves what is whole as it is, keys and all", async () => {
  const page = (
    <article>
      <h1>Title</h1>
      {[1, 2].map((at) => (
        <Whole key={at} word={`w${at}`} />
      ))}
      text
    </article>
  );
  expect(await drawn(guarded(page))).toBe(await drawn(page));
  expect(printed).toEqual([]);
});

it("keeps the keys that there are, and makes none", () => {
  const keysOf = (node: ReactNode) => [node].flat().map((element) => (element as { key: unknown }).key);
  expect(keysOf(guarded([<Whole key="a" word="w" />, <b key="c">d</b>]))).toEqual(["a", "c"]);
  expect(keysOf(guarded(<Whole word="w" />))).toEqual([null]);
});

it("asks for no keys of what is handed on through a component", async () => {
  const Frame = ({ children }: { children: ReactNode }) => <details>{children}</details>;
  const page = (
    <Frame>
      <Whole word="a" />
      <Whole word="b" />
    </Frame>
  );
  expect(await drawn(guarded(page))).toBe("<details><b>a</b><b>b</b></details>");
  expect(printed).toEqual([]);
});

it("puts a sentence where a part breaks, at whatever depth, and keeps what stands around it", async () => {
  const html = await drawn(
    guarded(
      <article>
        <p>
          before <BrokenAtOnce />
        </p>
        <BrokenInside />
        <Whole word="after" />
      </article>,
    ),
  );
  expect(html).toContain("before <span");
  expect(html).toContain("This part cannot be shown: <!-- -->no weights<!-- -->.");
  expect(html).toContain("steps.safetensors of the run: expected F32 but got U8; train the run again<!-- -->.</span>");
  expect(html).toContain("<figcaption>still here</figcaption>");
  expect(html).toContain("<b>after</b>");
  expect(printed).toEqual([]);
});

it("guards what a part of the page is given, as children or otherwise", async () => {
  const Frame = inPage(({ title, children }: { title: ReactNode; children: ReactNode }) => (
    <section>
      {title}
      {children}
    </section>
  ));
  const html = await drawn(
    guarded(
      <Frame title={<BrokenAtOnce />}>
        <Whole word="inside" />
        <Broken />
      </Frame>,
    ),
  );
  expect(html).toMatch(/<section><span.*<b>inside<\/b><span/);
});

it("guards what a frame holds and not the frame, where parts that run in the page cannot work", async () => {
  const Figure = inPage(() => {
    throw new Error("expected live data");
  });
  const Gate = inPage(({ children }: { children: ReactNode }) => <section>{children}</section>);
  const html = await drawn(
    guarded(
      <Gate>
        <p>before</p>
        <Figure />
      </Gate>,
      { problem: "the samples cannot be read" },
    ),
  );
  expect(html).toMatch(/^<section><p>before<\/p>/);
  expect(html).toContain("the samples cannot be read");
});

it("prints what is a defect of ours for who runs the server", async () => {
  const Defect = () => {
    throw new TypeError("x is undefined");
  };
  expect(await drawn(guarded(<Defect />))).toContain("x is undefined");
  expect(printed).toHaveLength(1);
});
