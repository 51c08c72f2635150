import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

/** What we take from others: NOTICE against package.json files, the lock file and the pins against what may be in them. */

const root = join(import.meta.dirname, "..", "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

interface Package {
  version?: string;
  license?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  devOptional?: boolean;
  dependencies?: Record<string, string>;
}
const lock: Record<string, Package> = JSON.parse(read("package-lock.json")).packages;
const onRequest: Record<string, Package> = JSON.parse(read("scripts/native/webgpu/package-lock.json")).packages;
const installedPackages = Object.entries(lock).filter(([path, { link }]) => path.includes("node_modules/") && !link);
const workspaces = Object.keys(lock).filter((path) => /^(?:apps|packages)\/[^/]+$/.test(path));
const nameOf = (path: string) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

/** The list at the end of NOTICE: the names under each licence. */
const listed = new Map<string, string[]>();
for (const line of read("NOTICE").split("\nEvery package ")[1]?.split("\n").slice(1) ?? []) {
  if (/^ {2}\S/.test(line)) listed.set(line.trim(), []);
  else
    [...listed.values()].at(-1)?.push(
      ...line
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean),
    );
}

describe("NOTICE", () => {
  it("lists every package that is not for development alone, as scripts/notice.mjs writes it", () => {
    const { status, stderr } = spawnSync(process.execPath, ["scripts/notice.mjs", "--check"], {
      cwd: root,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([0, ""]);
  });

  it("has each dependency of apps and packages under the licence of its own package.json", () => {
    const own = workspaces.flatMap((workspace) =>
      Object.keys(JSON.parse(read(`${workspace}/package.json`)).dependencies ?? {})
        .filter((name) => !name.startsWith("@autoencoder/"))
        .map((name) => ({ workspace, name })),
    );
    expect([workspaces.length, own.length > 20]).toEqual([6, true]);
    for (const { workspace, name } of own) {
      const nested = `${workspace}/node_modules/${name}/package.json`; // where another version stands in the root
      const path = existsSync(join(root, nested)) ? nested : `node_modules/${name}/package.json`;
      const licence: string = JSON.parse(read(path)).license;
      const under = [...listed].find(([, names]) => names.includes(name))?.[0];
      if (licence.startsWith("SEE LICENSE"))
        expect([name, under]).toEqual([name, expect.stringMatching(/NIST|Bitstream/)]);
      else expect([name, under]).toEqual([name, licence]);
    }
  });

  it("lists no licence that nobody has looked at", () => {
    const fine = [
      "(BSD-3-Clause AND Apache-2.0)",
      "0BSD",
      "Apache-2.0",
      "Apache-2.0 AND MIT",
      "BSD-2-Clause",
      "BSD-3-Clause",
      "Bitstream Vera and Arev licences",
      "BlueOak-1.0.0", // lru-cache: as free as MIT, with a patent grant
      "CC-BY-4.0", // caniuse-lite, a table that builds read
      "ISC",
      "MIT",
      "MPL-2.0", // resvg-js, which the trainer runs as it is
      "NIST licence, with HDF5's (BSD-3-Clause in substance)",
      "OFL-1.1",
      "Unlicense",
    ];
    expect([...listed.keys()].filter((licence) => !fine.includes(licence))).toEqual([]);
    expect([...listed.values()].every((names) => names.length > 0)).toBe(true);
  });
});

describe("what is installed", () => {
  it("npm runs no script of a package", () => {
    expect(read(".npmrc").split("\n")).toContain("ignore-scripts=true");
  });

  it("our own package.json files ask for exact versions", () => {
    const own = ["", "scripts/native/webgpu", ...workspaces].map((path) =>
      JSON.parse(read(join(path, "package.json"))),
    );
    const asked = own.flatMap((json) =>
      ["dependencies", "devDependencies", "peerDependencies"].flatMap((kind) => Object.entries(json[kind] ?? {})),
    );
    expect(asked.length).toBeGreaterThan(50);
    const loose = asked.filter(
      ([name, version]) => !name.startsWith("@autoencoder/") && !/^\d+\.\d+\.\d+$/.test(String(version)),
    );
    expect(loose).toEqual([]);
  });

  it("Python's packages are pinned by hashes", () => {
    const lists = [
      "scripts/native/requirements-cpu.txt",
      "scripts/native/requirements-cuda.txt",
      "scripts/notebook/requirements.txt",
    ];
    for (const list of lists) {
      const packages = read(list)
        .replaceAll(/#.*/g, "")
        .replaceAll("\\\n", " ")
        .split("\n")
        .filter((line) => line.trim() !== "");
      expect(packages.length).toBeGreaterThan(5);
      for (const line of packages)
        expect(line, list).toMatch(/^[\w.[\]-]+==\S+ +(?:;.*?)?(?: *--hash=sha256:[0-9a-f]{64})+ *$/);
    }
  });
});

describe("scripts/notice.mjs", () => {
  const folder = mkdtempSync(join(tmpdir(), "notice-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What --check says of this project's NOTICE when the lock file has one package more. */
  const checkWith = (added: Package) => {
    cpSync(join(root, "scripts"), join(folder, "scripts"), { recursive: true });
    cpSync(join(root, "NOTICE"), join(folder, "NOTICE"));
    const packages = { ...lock, "node_modules/some-package": added };
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages }));
    const { status, stderr } = spawnSync(process.execPath, ["scripts/notice.mjs", "--check"], {
      cwd: folder,
      encoding: "utf8",
    });
    return [status, stderr];
  };

  it("refuses a package that NOTICE lacks, unless it is for development alone", () => {
    expect(checkWith({ license: "MIT", dev: true })).toEqual([0, ""]);
    expect(checkWith({ license: "MIT" })).toEqual([
      1,
      "error: NOTICE: expected the packages of package-lock.json but it lists others; run node scripts/notice.mjs\n",
    ]);
  });

  it.each([
    [undefined, "nothing"],
    ["SEE LICENSE IN X", '"SEE LICENSE IN X"'],
  ])("refuses the licence %j", (license, shown) => {
    expect(checkWith(license === undefined ? {} : { license })).toEqual([
      1,
      `error: some-package: expected a licence but its package.json says ${shown}; read its files and name it in scripts/notice.mjs\n`,
    ]);
  });
});

describe("package-lock.json", () => {
  it("names no registry, and pins each package by a hash", () => {
    const { "": _, ...requested } = onRequest; // the lock file of the engine webgpu
    for (const [path, { resolved, integrity }] of [...installedPackages, ...Object.entries(requested)]) {
      expect([path, resolved]).toEqual([path, undefined]);
      expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
    }
  });

  it("has neither sharp nor libvips, whose licence is the LGPL", () => {
    expect(installedPackages.map(([path]) => nameOf(path)).filter((name) => /^sharp$|^@img\//.test(name))).toEqual([]);
    expect(installedPackages.filter(([, { license }]) => /GPL/.test(license ?? "")).map(([path]) => path)).toEqual([]);
  });

  it("has not Dawn, which the engine webgpu brings on request; its backend is the page's version, and takes the trainer's own tfjs-core", () => {
    const requested = Object.keys(onRequest).map(nameOf);
    expect(requested).toContain("webgpu");
    expect(requested).not.toContain("@tensorflow/tfjs-core");
    const backend = onRequest["node_modules/@tensorflow/tfjs-backend-webgpu"];
    expect(backend?.version).toBe(lock["node_modules/@tensorflow/tfjs-core"]?.version);
    expect(backend?.version).toBe(lock["node_modules/@tensorflow/tfjs-backend-webgpu"]?.version);
    expect(installedPackages.map(([path]) => nameOf(path))).not.toContain("webgpu");
  });

  it("gives npm sbom a list of all that is installed, without a complaint", () => {
    const { status, stdout } = spawnSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1e8,
      shell: process.platform === "win32",
    });
    expect(status).toBe(0);
    const { components } = JSON.parse(stdout) as { components: { name: string; version: string }[] };
    const named = new Set(components.map(({ name, version }) => `${name}@${version}`));
    for (const [path, { version }] of installedPackages) expect(named).toContain(`${nameOf(path)}@${version}`);
  });
});
