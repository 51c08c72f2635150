import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/prose.css";
import "../styles/site.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { chapters } from "../../content/chapters.ts";
import { defaultSample, drawnAddress } from "../features/digit/recorded-digits.ts";
import { defaultRun, serverRun } from "../features/run/server-run.ts";
import { TrustLine } from "../features/run/trust-line.tsx";
import { ChapterMenu } from "../features/shell/chapter-menu.tsx";
import { HeaderDigit } from "../features/shell/header-digit.tsx";
import shell from "../features/shell/shell.module.css";
import { ThemeToggle } from "../features/shell/theme-toggle.tsx";
import { mono, reading, ui } from "./fonts.ts";

export async function generateMetadata(): Promise<Metadata> {
  const loaded = await serverRun(defaultRun);
  return {
    title: { default: "A digit, 64 numbers, a digit", template: "%s · A digit, 64 numbers, a digit" },
    description:
      "A convolutional autoencoder on MNIST that you can look into: its layers, its parameters, its training, and live reconstructions in your browser.",
    // The code of the digit that the site opens on.
    ...(loaded.ok && { icons: { icon: `${drawnAddress(loaded.source.run)}/${defaultSample}/icon.png` } }),
  };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1, viewportFit: "cover" };

/** Sets the chosen theme before the first paint. */
const themeScript = `try{var t=localStorage.getItem("theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;

export default async function RootLayout({ children }: { children: ReactNode }) {
  const passed = await headers();
  const nonce = passed.get("x-nonce") ?? undefined;
  const run = passed.get("x-run") ?? defaultRun;
  return (
    <html lang="en" className={`${reading.variable} ${ui.variable} ${mono.variable}`} suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, which must run before the first paint */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <header className={shell.header}>
          <ChapterMenu chapters={chapters.map(({ slug, title, minutes }) => ({ slug, title, minutes }))} />
          <a className={shell.name} href="/">
            A digit, 64 numbers, a digit
          </a>
          <div className={shell.digit}>
            <HeaderDigit name={run} />
          </div>
          <ThemeToggle />
        </header>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <footer className={shell.footer}>
          <TrustLine name={run} />
          <p>
            MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges. Everything on this page comes from this
            site.
          </p>
        </footer>
      </body>
    </html>
  );
}
