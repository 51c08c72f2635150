import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkDigits, checkEngines, checkGpu, checkRuns, type Finding } from "../../apps/trainer/src/doctor/checks.ts";
import { engineNames } from "../../apps/trainer/src/engines/engine.ts";
import { findAdapter } from "../../apps/trainer/src/engines/webgpu-device.ts";

const root = join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "doctor-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `npm run doctor` in a project. */
function doctor(project: string, args: string[] = [], env: Record<string, string> = {}, node: string[] = []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, "scripts/doctor.mjs", ...args], {
    cwd: project,
    encoding: "utf8",
    // Port 0 is free wherever this runs; npm says its version to what it starts.
    env: { ...process.env, PORT: "0", COLUMNS: "40", npm_config_user_agent: "npm/11.19.1 node", ...env },
  });
  return { status, stdout, stderr };
}

interface Report {
  healthy: boolean;
  findings: Finding[];
}
const find = ({ findings }: Report, about: string) => findings.find((finding) => finding.about === about);

const copyRun = (name: string) => {
  const to = join(folder, "runs", name);
  cpSync(join(root, "tests/fixtures/runs/code-of-32"), to, { recursive: true });
  const record = join(to, "run.json");
  writeFileSync(record, readFileSync(record, "utf8").replace('"name": "code-of-32"', `"name": "${name}"`));
  return to;
};

beforeAll(() => {
  copyRun("whole");
  const altered = join(copyRun("altered"), "page/decoder/weights.bin");
  const bytes = readFileSync(altered);
  writeFileSync(altered, bytes.fill(1, 40, 44));
  rmSync(join(copyRun("lacking"), "samples.safetensors"));
  const linked = join(copyRun("linked"), "history.csv");
  rmSync(linked);
  symlinkSync(join(root, "LICENSE"), linked);
  cpSync(copyRun("before"), join(folder, "runs", "renamed"), { recursive: true });
  mkdirSync(join(folder, "runs", "empty"));
  mkdirSync(join(folder, "runs", ".work"));
});

describe("runs", () => {
  it("are whole, or the file that is not is named", async () => {
    const found = Object.fromEntries(
      (await checkRuns(join(folder, "runs"))).map(({ about, state, found }) => [about, `${state}: ${found}`]),
    );
    const { files } = JSON.parse(readFileSync(join(folder, "runs/whole/run.json"), "utf8"));
    const hash = /expected SHA-256 [0-9a-f]{12}… but got [0-9a-f]{12}…$/;
    expect(found).toEqual({
      "run altered": expect.stringMatching(new RegExp(`^fail: page/decoder/weights.bin: ${hash.source}`)),
      "run before": `ok: ${files.length} files, as run.json lists them`,
      "run empty": "fail: run.json: expected a plain file but it is missing",
      "run lacking": "fail: samples.safetensors: expected a plain file but it is missing",
      "run linked": "fail: history.csv: expected a plain file but it is a link or a folder",
      "run renamed":
        'fail: run.json: name: expected "renamed", as its folder is called but it calls itself "before": its folder was renamed',
      "run whole": `ok: ${files.length} files, as run.json lists them`,
    });
  });

  it("that are not there at all are a failure", async () => {
    expect(await checkRuns(join(folder, "nowhere"))).toEqual([
      { state: "fail", about: "runs", found: "there are none", next: "git restore artifacts, or train one" },
    ]);
  });
});

it("digits that cannot be read are a failure in one line, without a path of this machine", async () => {
  const open = () => Promise.reject(new Error(`t10k: expected SHA-256 0 but got 1 (${root}/node_modules)\nmore`));
  expect(await checkDigits(open)).toMatchObject({
    state: "fail",
    found: "t10k: expected SHA-256 0 but got 1 (./node_modules)",
  });
});

it("engines are those of the trainer; each that cannot start has its command", async () => {
  const findings = await checkEngines();
  expect(findings.map(({ about }) => about)).toEqual(engineNames.map((name) => `engine ${name}`));
  expect(findings.at(-1)).toEqual({ state: "ok", about: "engine wasm", found: "can start" });
  for (const { state, found, next } of findings) {
    if (state !== "ok")
      expect(`${found}: ${next}`).toMatch(
        /: npm run native|nvidia-smi finds no GPU|check its driver|train with another/,
      );
  }
});

describe("where Dawn is installed", () => {
  const info = { vendor: "nvidia", architecture: "ampere", device: "nvidia-a10", description: "NVIDIA: 550.54.15" };

  it("the GPU that it finds has its name in the line of webgpu", async () => {
    expect(await checkGpu(async () => info)).toEqual({
      state: "ok",
      about: "engine webgpu",
      found: "can start on nvidia ampere nvidia-a10 (NVIDIA: 550.54.15)",
    });
  });

  it("a program that stands in for one is noted, and so is that there is none", async () => {
    expect(await checkGpu(async () => ({ ...info, isFallbackAdapter: true }))).toMatchObject({
      state: "note",
      found: expect.stringMatching(
        /^can start, but on nvidia.* a software rasterizer: it is slow, and never taken unasked$/,
      ),
      next: "train with another engine",
    });
    const none = () => findAdapter({ requestAdapter: async () => null }).then(({ info }) => info);
    expect(await checkGpu(none)).toEqual({
      state: "note",
      about: "engine webgpu",
      found: "expected a GPU with Vulkan, Metal or Direct3D 12 but Dawn finds none",
      next: "check its driver, or train with --engine wasm",
    });
  });
});

describe("in the project", () => {
  let report: Report;
  let status: number | null;
  let printed: string;
  const secrets = { ALLOWED_HOSTS: "name-that-is-secret", CXX: "/opt/secret/c++", API_TOKEN: "token-that-is-secret" };
  beforeAll(() => {
    const { stdout, status: code } = doctor(root, ["--json"], { RUNS_DIR: join(folder, "runs"), ...secrets });
    [printed, status] = [stdout, code];
    report = JSON.parse(stdout);
  });

  it("it asks the trainer for engines, digits and runs", () => {
    expect(find(report, "engine wasm")?.state).toBe("ok");
    expect(find(report, "MNIST")?.found).toBe("60000 and 10000 digits, 4 checksums fit");
    expect(find(report, "run whole")?.state).toBe("ok");
    expect(find(report, "dependencies")?.state).toBe("ok");
  });

  it("it ends with 1 since a run is damaged, and says what to do about each failure", () => {
    expect([report.healthy, status]).toEqual([false, 1]);
    const failures = report.findings.filter(({ state }) => state === "fail");
    expect(failures.map(({ about }) => about)).toEqual(
      expect.arrayContaining(["run altered", "run empty", "run lacking", "run linked", "run renamed"]),
    );
    for (const { about, next } of failures) expect([about, next]).toEqual([about, expect.stringMatching(/\w/)]);
  });

  it("it names the variables that are set, and prints no value of them and no path of this machine", () => {
    expect(find(report, "environment")?.found).toMatch(/^set: .*ALLOWED_HOSTS.*RUNS_DIR.*CXX/);
    expect(printed).not.toMatch(/secret/i);
    for (const path of [root, folder, homedir()]) expect(printed).not.toContain(path);
  });
});

describe("before anything is installed", () => {
  const bare = join(folder, "bare");
  beforeAll(() => {
    for (const path of ["scripts", "package.json", "package-lock.json", "artifacts/assignment/run.json"]) {
      cpSync(join(root, path), join(bare, path), { recursive: true });
    }
  });

  it("it says npm ci, ends with 1, and fits a terminal of 40 columns", () => {
    const { status, stdout, stderr } = doctor(bare);
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("FAIL dependencies: not installed\n     next: npm ci (npm start does it\n     too)\n");
    expect(stdout).not.toMatch(/engine|MNIST/);
    expect(stdout).not.toContain("\u001b");
    for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(40);
  });

  describe("with much that is wrong", () => {
    let report: Report;
    let port: number;
    beforeAll(async () => {
      const server = createServer();
      await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
      const address = server.address();
      port = typeof address === "object" && address ? address.port : 0;
      mkdirSync(join(bare, ".native"));
      const stamp = { device: "cuda", tensorflow: "2.21.0", root: "/elsewhere" };
      writeFileSync(join(bare, ".native/stamp.json"), JSON.stringify(stamp));
      const older = `data:text/javascript,Object.defineProperty(process, "versions", { value: { node: "18.20.0" } })`;
      const env = { PORT: String(port), RUNS_DIR: join(folder, "nowhere") };
      const { stdout } = doctor(bare, ["--json"], env, ["--import", older]);
      server.close();
      report = JSON.parse(stdout);
    });

    it("a taken port is a failure, with the command that takes another", () => {
      expect(find(report, "port")).toEqual({
        state: "fail",
        about: "port",
        found: `port ${port} is taken`,
        next: `stop what uses it, or choose another: PORT=${port + 1} npm start`,
      });
    });

    it("so is a Node that is too old", () => {
      expect(find(report, "Node")).toEqual({
        state: "fail",
        about: "Node",
        found: "expected Node 20.19 or newer but this is 18.20.0",
        next: "install a newer Node",
      });
    });

    it("so is a library that was built for another folder, since a training would take it", () => {
      expect(find(report, "libtensorflow")).toEqual({
        state: "fail",
        about: "libtensorflow",
        found: "it was provisioned for another folder",
        next: "npm run native -- --cuda",
      });
    });

    it("so is a folder that a variable names and that is not there", () => {
      expect(find(report, "RUNS_DIR")).toEqual({
        state: "fail",
        about: "RUNS_DIR",
        found: "it names no folder that is there",
        next: "unset it, or correct it: RUNS_DIR=FOLDER npm start",
      });
    });
  });

  it("a check that breaks is a failure of its own, and the others go on", () => {
    const broken = join(folder, "broken");
    cpSync(join(bare, "scripts"), join(broken, "scripts"), { recursive: true });
    mkdirSync(join(broken, "package-lock.json"));
    const { status, stdout } = doctor(broken, ["--json"]);
    const report: Report = JSON.parse(stdout);
    expect(find(report, "dependencies")?.found).toMatch(/^the check itself broke: EISDIR/);
    expect(find(report, "Node")?.state).toBe("ok");
    expect(status).toBe(1);
  });
});

it("its help fits 40 columns, and an unknown option is refused", () => {
  const { status, stdout } = doctor(root, ["--help"]);
  for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(40);
  expect([status, stdout]).toEqual([0, expect.stringContaining("npm run doctor")]);
  expect(doctor(root, ["--fix"])).toEqual({
    status: 2,
    stdout: "",
    stderr: "error: npm run doctor: expected --json, --help or nothing but got --fix\n",
  });
});
