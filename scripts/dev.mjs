// npm run dev: the site with hot reload.
import { command } from "./lib/process.mjs";
import { developSite } from "./lib/site.mjs";

command(developSite);
