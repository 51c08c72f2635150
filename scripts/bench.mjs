// npm run bench -- page | lighthouse | in-page | load | train | quality: how heavy and how quick the site is, and how fast the trainer.
import { ensureInstalled } from "./lib/install.mjs";
import { command } from "./lib/process.mjs";

const help = `Measures the site, and the trainer.

  npm run bench -- page [options]         bytes and times of cold loads, and of drawing, in a real browser
  npm run bench -- lighthouse [options]   Lighthouse's scores, desktop and mobile preset
  npm run bench -- in-page [options]      trainings in a page beside the trainer's, and how soon they show something
  npm run bench -- load [options]         what the server bears; -- load --help lists its options
  npm run bench -- train [options]        a training step of each engine beside Keras's; -- train --help lists its options
  npm run bench -- quality [options]      how soon each recipe comes to Keras's loss; -- quality --help lists its options

For page, lighthouse and in-page the site must be served already from a production build (npm start).

Options of page, lighthouse and in-page
  --url U    where it is served; default http://localhost:3000
  --runs N   cold loads or audits of each page, or rounds of trainings; default 5
  --only L   some pages alone, with commas: /,/viewer
  --preset P desktop or mobile, for lighthouse; default both, one after the other
  --help     this text

Environment
  CHROME_PATH  the browser to use instead of the one that comes with npm on Linux x64`;

command(async () => {
  const [what, ...args] = process.argv.slice(2);
  if (!["load", "train", "quality"].includes(what) && process.argv.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  if (what === "load") return (await import("./bench/load.mjs")).benchLoad(args);
  if (what === "train") return (await import("./bench/train.mjs")).benchTraining(args);
  if (what === "quality") return (await import("./bench/quality.mjs")).benchQuality(args);
  await ensureInstalled(); // before what is loaded from node_modules
  return (await import("./bench/browser.mjs")).benchBrowser(process.argv.slice(2));
});
