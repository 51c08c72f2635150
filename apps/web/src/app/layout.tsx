import "../styles/fallback-fonts.css";
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
import { earlyPressesScript } from "../features/shell/early-presses.ts";
import { HeaderDigit } from "../features/shell/header-digit.tsx";
import { HowToCite } from "../features/shell/how-to-cite.tsx";
import { withPreview } from "../features/shell/preview.ts";
import { ScriptNotice } from "../features/shell/script-notice.tsx";
import shell from "../features/shell/shell.module.css";
import { SiteMenu } from "../features/shell/site-menu.tsx";
import { SitePlaces } from "../features/shell/site-places.tsx";
import { siteTitle } from "../features/shell/site-title.ts";
import { themeScript } from "../features/shell/theme-script.ts";
import { ThemeToggle } from "../features/shell/theme-toggle.tsx";
import { publicUrl } from "../server/env.ts";
import { defaultRun } from "../shared/default-run.ts";
import { drawnAddress } from "../shared/run-addresses.ts";
import { mono, reading, ui } from "./fonts.ts";

export async function generateMetadata(): Promise<Metadata> {
  const loaded = await findRun(defaultRun);
  const metadata: Metadata = {
    metadataBase: publicUrl(),
    title: { default: siteTitle, template: `%s · ${siteTitle}` },
    description:
      "A convolutional autoencoder on MNIST that you can look into: its layers, its parameters, its training, and live reconstructions in your browser.",
    // The code of the digit that the site opens on.
    ...(loaded.ok && { icons: { icon: `${drawnAddress(loaded.value)}/${defaultSample}/icon.png` } }),
  };
  return withPreview(metadata, { sample: defaultSample });
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
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, which must run before React */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: earlyPressesScript }} />
      </head>
      <body>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <header className={shell.header}>
          <SiteMenu
            chapters={chapters.map(({ number, slug, title, minutes, questions }) => ({
              number,
              slug,
              title,
              minutes,
              questions,
            }))}
          />
          <a className={shell.name} href="/">
            {siteTitle}
          </a>
          <SitePlaces />
          <div className={shell.digit}>{shown.ok && <HeaderDigit run={shown.value} />}</div>
          <ThemeToggle />
        </header>
        <main id="content" tabIndex={-1}>
          <ScriptNotice />
          {children}
        </main>
        <footer className={shell.footer}>
          <TrustLine result={shown} />
          <HowToCite />
          <p>
            MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges. Everything on this page comes from this
            site.
          </p>
        </footer>
      </body>
    </html>
  );
}
