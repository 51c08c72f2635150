// npm start: builds the site and serves it in production mode with the published runs.
import { command } from "./lib/process.mjs";
import { address, buildSite, requireFreePort, serveSite } from "./lib/site.mjs";

command(async () => {
  await requireFreePort(address());
  await buildSite();
  return serveSite();
});
