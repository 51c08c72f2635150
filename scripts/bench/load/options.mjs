import { parseArgs } from "node:util";
import { CommandError } from "../../lib/process.mjs";
import { stageNames } from "./stages.mjs";

export const loadHelp = `Loads the site with requests and measures it.

  npm run bench -- load [options]

It serves the site itself, built when it is not, at a port of its own, and measures the server's process too. A run takes
about five minutes. Generator and server share the machine's cores.

Options
  --only A,B  these stages only: ${stageNames.join(", ")}
  --quick     every stage for a moment: whether all of it works, no figures to keep
  --url U     a site on this machine that is served already; nothing is known of its process then
  --port N    the port of the own server; default: any that is free
  --json      the figures as JSON instead of tables
  --assert    exit code 1 when a figure is missed
  --help      this text`;

/** What the command line asks for. @throws CommandError with exit code 2 */
export function parseLoad(args) {
  const text = { type: "string" };
  const flag = { type: "boolean" };
  let values;
  try {
    const options = { only: text, url: text, port: text, quick: flag, json: flag, assert: flag, help: flag };
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw wrong(error.message.split(". ")[0]);
  }
  const { url, only = stageNames.join(","), port = "0", ...flags } = values;
  const names = only.split(",");
  const unknown = names.find((name) => !stageNames.includes(name));
  if (unknown !== undefined)
    throw wrong(`--only: expected stages out of ${stageNames.join(", ")} but got "${unknown}"`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw wrong(`--port: expected a number from 0 to 65535 but got "${port}"`);
  }
  if (url !== undefined && values.port !== undefined)
    throw wrong("--port: expected it without --url, whose server has a port");
  if (url !== undefined && !isLoopback(url)) {
    throw wrong(
      `--url: expected an http address of this machine, such as http://localhost:3000, but got "${url}": no other is loaded`,
    );
  }
  return { ...flags, url: url && new URL(url).origin, port: Number(port), names };
}

/** Whether an address is this machine's own, by a name or number that cannot be any other's. */
function isLoopback(text) {
  const { protocol, hostname } = URL.canParse(text) ? new URL(text) : {};
  return protocol === "http:" && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function wrong(problem) {
  return new CommandError(`${problem}; npm run bench -- load --help lists the options`, 2);
}
