"use client";
import { forgetCurrentDigit, useDigitKept } from "../digit/current-digit.ts";
import { breakdownOf } from "./breakdown.ts";

/** What happened to a page that broke off, and what to do about it. It brings no style: the site's own may be gone. */
export function BreakdownReport({ error }: { error: Error & { digest?: string } }) {
  const digitKept = useDigitKept();
  const { sentence, detail } = breakdownOf(error);
  const forget = () => {
    forgetCurrentDigit();
    location.reload();
  };
  return (
    <>
      <h1>This page broke off</h1>
      <p role="alert">{sentence}</p>
      {detail && <pre>{detail}</pre>}
      <p>
        <button type="button" onClick={() => location.reload()}>
          Load again
        </button>
      </p>
      {digitKept && (
        <p>
          If it breaks off again, the digit that you brought along may be the reason. Answers and texts stay.{" "}
          <button type="button" onClick={forget}>
            Forget this digit
          </button>
        </p>
      )}
      <p>
        <a href="/">Draw a digit</a>, or see <a href="/runs">all runs</a>.
      </p>
    </>
  );
}
