// npm start: builds the site and serves it in production mode with the published runs.
import { command } from "./lib/process.mjs";
import { buildSite, serveSite } from "./lib/site.mjs";

command(async () => {
  await buildSite();
  return serveSite();
});
