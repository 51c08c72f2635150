"use client";
import { useLayoutEffect } from "react";
import { BreakdownReport } from "../features/shell/breakdown-report.tsx";
import { chosenTheme } from "../features/shell/theme.ts";

/** The site's look in few words (styles/tokens.css): its style sheets went with the layout. */
const look = `
:root{color-scheme:light dark}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
body{margin:0;background:light-dark(#fdfcfa,#141417);color:light-dark(#1b1b1f,#ececf0);font:1rem/1.5 system-ui,sans-serif}
main{max-width:42rem;margin:3rem auto;padding:0 1rem}
h1{line-height:1.15}
pre{padding:.75rem 1rem;border-radius:6px;background:light-dark(#f3f1ec,#222228);white-space:pre-wrap;overflow-wrap:anywhere}
a{color:light-dark(#1d6fd1,#6aa9f2)}
button{min-height:44px;padding:0 1rem;font:inherit}
`;

/** In the place of everything, where header or footer broke off. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  useLayoutEffect(() => {
    const theme = chosenTheme();
    if (theme) document.documentElement.dataset.theme = theme;
  }, []);
  return (
    <html lang="en">
      <head>
        <title>This page broke off · A digit, 64 numbers, a digit</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <style>{look}</style>
      </head>
      <body>
        <main>
          <BreakdownReport error={error} />
        </main>
      </body>
    </html>
  );
}
