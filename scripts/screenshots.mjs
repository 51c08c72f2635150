// node scripts/screenshots.mjs [URL] [FOLDER] [PATH ...]: pictures of pages at phone, tablet and desktop width, light and dark.
// The site must be served already (npm start).
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import chromiumBinary from "@sparticuz/chromium";
import { chromium } from "playwright-core";

const [url = "http://localhost:3000", folder = "screenshots", ...asked] = process.argv.slice(2);
const paths = asked.length > 0 ? asked : ["/", "/viewer", "/chapters/hand-it-in"];
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? (await chromiumBinary.executablePath()),
  args: ["--no-sandbox"],
});
for (const path of paths) {
  for (const [width, height] of [
    [1440, 900],
    [768, 1024],
    [390, 844],
  ]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      await page.goto(new URL(path, url).href, { waitUntil: "networkidle" });
      const name = `${path.replaceAll(/\W+/g, "-").replace(/^-|-$/g, "") || "home"}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: join(folder, name), fullPage: true });
      process.stdout.write(`${join(folder, name)}\n`);
      await page.close();
    }
  }
}
await browser.close();
