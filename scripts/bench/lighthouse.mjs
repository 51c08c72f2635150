// Lighthouse's scores of every page, in the same browser, desktop and mobile preset.
import lighthouse, { desktopConfig } from "lighthouse";

const categories = ["performance", "accessibility", "best-practices", "seo"];
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];

/** The presets by name; Lighthouse's own default is the mobile one. */
const configs = { desktop: desktopConfig, mobile: undefined };
export const presets = Object.keys(configs);

/** Prints one table: the median score of each category, and by name what was found wanting. */
export async function benchLighthouse({ url, runs, port, presets, pages }) {
  process.stdout.write(`Lighthouse, medians of ${runs}\n\n`);
  process.stdout.write(
    "| preset | page | performance | accessibility | best practices | SEO |\n|---|---|--:|--:|--:|--:|\n",
  );
  const wanting = new Set();
  for (const preset of presets) {
    for (const path of pages) {
      const scores = Object.fromEntries(categories.map((category) => [category, []]));
      for (let run = 0; run < runs; run++) {
        const { lhr } = await lighthouse(new URL(path, url).href, { port, logLevel: "error" }, configs[preset]);
        for (const category of categories) scores[category].push(lhr.categories[category].score * 100);
        for (const name of belowPar(lhr)) wanting.add(`${preset} ${path}: ${name}`);
      }
      const row = categories.map((category) => Math.round(median(scores[category])));
      process.stdout.write(`| ${preset} | ${path} | ${row.join(" | ")} |\n`);
    }
  }
  for (const line of wanting) process.stdout.write(`\nbelow 0.9 in some run: ${line}`);
  process.stdout.write("\n");
}

/** Audits that count and scored below 0.9. */
function belowPar({ categories: found, audits }) {
  const counting = categories.flatMap((category) => found[category].auditRefs.filter(({ weight }) => weight > 0));
  const below = counting.filter(({ id }) => audits[id].score !== null && audits[id].score < 0.9);
  return below.map(({ id }) => `${id} ${audits[id].displayValue ?? ""}`);
}
