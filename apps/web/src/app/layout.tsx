import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/prose.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { chapters } from "../../content/chapters.ts";
import { defaultSample } from "../features/digit/server-data.ts";
import { currentRunResult, findRun } from "../features/run/current-run.ts";
import { TrustLine } from "../features/run/trust-line.tsx";
import { ChapterMenu } from "../features/shell/chapter-menu.tsx";
import { HeaderDigit } from "../features/shell/header-digit.tsx";
import { ScriptNotice } from "../features/shell/script-notice.tsx";
import shell from "../features/shell/shell.module.css";
import { themeScript } from "../features/shell/theme-script.ts";
import { ThemeToggle } from "../features/shell/theme-toggle.tsx";
import { defaultRun } from "../shared/default-run.ts";
import { drawnAddress } from "../shared/run-addresses.ts";
import { mono, reading, ui } from "./fonts.ts";

export async function generateMetadata(): Promise<Metadata> {
  const loaded = await findRun(defaultRun);
  return {
    title: { default: "A digit, 64 numbers, a digit", template: "%s · A digit, 64 numbers, a digit" },
    description:
      "A convolutional autoencoder on MNIST that you can look into: its layers, its parameters, its training, and live reconstructions in your browser.",
    // The code of the digit that the site opens on.
    ...(loaded.ok && { icons: { icon: `${drawnAddress(loaded.value)}/${defaultSample}/icon.png` } }),
  };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1, viewportFit: "cover" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const asked = await currentRunResult();
  const shown = asked.ok ? asked : await findRun(defaultRun);
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
          <div className={shell.digit}>{shown.ok && <HeaderDigit run={shown.value} />}</div>
          <ThemeToggle />
        </header>
        <main id="content" tabIndex={-1}>
          <ScriptNotice />
          {children}
        </main>
        <footer className={shell.footer}>
          <TrustLine result={shown} />
          <p>
            MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges. Everything on this page comes from this
            site.
          </p>
        </footer>
      </body>
    </html>
  );
}
