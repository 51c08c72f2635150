// node scripts/notice.mjs: writes the list of packages at the end of NOTICE from package-lock.json; `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError, command, root, say } from "./lib/process.mjs";

const noticePath = join(root, "NOTICE");
/** The line after which NOTICE is made by this script. */
const heading = "Every package that the site or the trainer installs";
/** Packages whose package.json sends the reader to a file, and what that file says. */
const readInTheirFiles = {
  "dejavu-fonts-ttf": "Bitstream Vera and Arev licences",
  h5wasm: "NIST licence, with HDF5's (BSD-3-Clause in substance)",
};

command(() => {
  const before = readFileSync(noticePath, "utf8");
  const start = before.indexOf(`\n${heading}`);
  if (start < 0) throw new CommandError(`NOTICE: expected a line that begins "${heading}" but there is none`);
  const after = `${before.slice(0, start)}\n${section()}`;
  if (process.argv.includes("--check")) {
    if (after === before) return;
    throw new CommandError(
      "NOTICE: expected the packages of package-lock.json but it lists others; run node scripts/notice.mjs",
    );
  }
  writeFileSync(noticePath, after);
  say("NOTICE lists the packages of package-lock.json.");
});

function section() {
  const byLicence = new Map();
  for (const { name, licence } of productionPackages()) {
    byLicence.set(licence, (byLicence.get(licence) ?? new Set()).add(name));
  }
  const groups = [...byLicence].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = groups.map(([licence, names]) => `  ${licence}\n${wrapped([...names].sort())}`);
  return `${heading}, by the licence in its package.json\n${text.join("")}`;
}

/** What is not for development alone. The lock file has the licence that each package.json gives. */
function productionPackages() {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(packages)
    .filter(([path, entry]) => path.includes("node_modules/") && !entry.link && !entry.dev && !entry.devOptional)
    .map(([path, entry]) => {
      const full = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      const licence = readInTheirFiles[full] ?? entry.license;
      if (!licence || licence.startsWith("SEE")) {
        const came = `but its package.json says ${licence ? `"${licence}"` : "nothing"}`;
        throw new CommandError(`${full}: expected a licence ${came}; read its files and name it in scripts/notice.mjs`);
      }
      return { name: entry.os || entry.cpu ? withoutPlatform(full) : full, licence };
    });
}

/** `@next/swc-*` for `@next/swc-linux-x64-gnu`: npm installs the one that fits the machine. */
function withoutPlatform(name) {
  return name.replace(/([-/])(?:aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)\b.*$/, "$1*");
}

/** Names in lines of at most 120 characters, a new one for each initial, so that a name that comes or goes moves few others. */
function wrapped(names) {
  const lines = [];
  names.forEach((name) => {
    const last = lines.at(-1);
    if (last !== undefined && last[0] === name[0] && `    ${last} ${name},`.length <= 120) {
      lines[lines.length - 1] = `${last} ${name},`;
    } else lines.push(`${name},`);
  });
  return lines
    .map((line) => `    ${line}\n`)
    .join("")
    .replace(/,\n$/, "\n");
}
