// What the site offers, read from the site itself, so that a server of somebody else's runs can be measured too.
import { CommandError } from "../../lib/process.mjs";
import { pages } from "../pages.mjs";

/** Addresses of every kind, below `url`. */
export async function addressesOf(url) {
  const get = async (path) => {
    const answer = await fetch(new URL(path, url)).catch(() => undefined);
    if (!answer)
      throw new CommandError(`expected the site at ${url} but nothing answers there; start it with npm start`);
    if (!answer.ok)
      throw new CommandError(
        `expected ${path} at ${url} but got status ${answer.status}: ${(await answer.text()).slice(0, 200)}`,
      );
    return answer;
  };
  const html = async (path) => (await get(path)).text();
  const runs = [
    ...new Set([...(await html("/runs")).matchAll(/\/runs\/([^/"?#\\]+)\/report/g)].map(([, name]) => name)),
  ];
  const shown = (await html("/")).match(/\/drawn\/([^/]+)\//)?.[1];
  if (!shown) throw new CommandError(`expected a run at ${url} but it shows none; npm run train makes one`);
  const other = runs.find((name) => name !== shown) ?? shown;
  const run = await (await get(`/files/${shown}/run.json`)).json();
  const weights = [];
  for (const path of pages.filter((page) => page.startsWith("/chapters/"))) {
    weights.push({ path, bytes: Buffer.byteLength(await html(path)) });
  }
  const [heaviest] = weights.sort((a, b) => b.bytes - a.bytes);
  const images = run.dataset.files.find(({ name }) => name.startsWith("t10k-images"));
  return {
    run: shown,
    heaviest,
    viewer: `/viewer?run=${other}`,
    /** Files of a run by their path. */
    file: (path) => {
      const listed = run.files.find((file) => file.path === path);
      if (!listed) throw new CommandError(`expected the run ${shown} to have ${path} but it does not; train it again`);
      return { path: `/files/${shown}/${listed.sha256}/${path}`, etag: `"${listed.sha256.slice(0, 32)}"` };
    },
    digits: `/data/${images.sha256}/test/0-100`,
    drawn: (await html("/viewer")).match(/\/drawn\/[^"\\ ]+strip\.png/)?.[0],
    pages: [
      ...pages.filter((path) => !path.startsWith("/runs/")),
      "/teach/questions",
      ...runs.flatMap((name) => [
        `/runs/${name}/report`,
        ...["/viewer", "/grading", heaviest.path].map((path) => `${path}?run=${name}`),
      ]),
    ],
  };
}
