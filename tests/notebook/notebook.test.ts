import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { parseRun, type Run } from "@autoencoder/model/run";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** notebooks/colab.ipynb, executed from end to end with few images: on this checkout, and as on a machine like Colab's. */

const root = join(import.meta.dirname, "..", "..");
const notebook = join(root, "notebooks", "colab.ipynb");
const python = join(root, ".notebook", "venv", "bin", "python");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "notebook-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Executed {
  /** All that the cells printed. */
  text: string;
  /** The pictures that they showed, in order. */
  pictures: Buffer[];
  run: Run;
  artifacts: string;
}

interface Output {
  text?: string | string[];
  data?: Record<string, string | string[]>;
}

/** A busy machine takes longer than papermill's 60 s to start its first kernel. */
const startTimeout = ["--start-timeout", "300"];

/**
 * Runs papermill; once more where Jupyter could not start its kernel, since no cell of ours ran then.
 * @throws Error with the end of what it printed: the failing cell's traceback
 */
async function papermill(args: string[], env: NodeJS.ProcessEnv, again = true): Promise<void> {
  try {
    await promisify(execFile)(python, args, { env, maxBuffer: 1e8 });
  } catch (error) {
    const printed = (error as { stderr?: string }).stderr ?? "";
    if (again && /Kernel (didn't respond|died before replying)/.test(printed)) return papermill(args, env, false);
    throw new Error(`papermill failed; the end of what it printed:\n${printed.slice(-6000)}`);
  }
}

/** Executes the notebook in a folder of its own. @throws Error with the failing cell's traceback */
async function execute(name: string, parameters: object, env: Record<string, string> = {}): Promise<Executed> {
  const [cwd, artifacts] = [join(folder, name), join(folder, name, "artifacts")];
  const executed = join(cwd, "executed.ipynb");
  mkdirSync(artifacts, { recursive: true });
  const given = Object.entries(parameters).flatMap(([key, value]) => ["-p", key, String(value)]);
  const args = ["-m", "papermill", notebook, executed, "--cwd", cwd, "--no-progress-bar", ...startTimeout, ...given];
  const settings = { ARTIFACTS_DIR: artifacts, IPYTHONDIR: join(folder, "ipython"), TF_CPP_MIN_LOG_LEVEL: "3" };
  await papermill(args, { ...process.env, ...settings, ...env });
  const { cells } = JSON.parse(readFileSync(executed, "utf8")) as { cells: { outputs?: Output[] }[] };
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  const joined = (text: string | string[] | undefined) => [text ?? ""].flat().join("");
  return {
    text: outputs.map(({ text, data }) => joined(text ?? data?.["text/plain"])).join("\n"),
    pictures: outputs.flatMap(({ data }) =>
      data?.["image/png"] ? [Buffer.from(joined(data["image/png"]), "base64")] : [],
    ),
    run: parseRun(readFileSync(join(artifacts, "colab", "run.json"), "utf8")),
    artifacts,
  };
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const numberAfter = (text: string, words: string) =>
  Number(text.slice(text.indexOf(words) + words.length).match(/^\s*(\S+?),?\s/)?.[1]);

/** What holds of every execution, against the run on the disk. */
function holds(executed: () => Executed) {
  it("prints the run's losses, epoch by epoch", () => {
    const { text, run } = executed();
    for (const { epoch, loss, valLoss } of run.history) {
      expect(text).toContain(
        `epoch ${epoch}/${run.history.length}  loss ${loss!.toFixed(5)}  validation loss ${valLoss!.toFixed(5)}`,
      );
    }
    const last = run.history.at(-1)!;
    expect(text).toContain(
      `epoch ${last.epoch}: loss ${last.loss!.toFixed(5)}, validation loss ${last.valLoss!.toFixed(5)}`,
    );
    expect(numberAfter(text, "validation MSE of black:")).toBeCloseTo(run.baselines.black, 5);
    expect(numberAfter(text, "validation MSE of PCA, as many numbers:")).toBeCloseTo(run.baselines.pca, 5);
  });

  it("shows the curve and the reconstructions that the run holds", () => {
    const { pictures, artifacts } = executed();
    const files = ["loss_curve.png", "reconstructions.png"].map((file) => readFileSync(join(artifacts, "colab", file)));
    expect(pictures.map(sha256)).toEqual(files.map(sha256));
  });

  it("finds in Keras the counts, the recorded outputs within 1e-5, and the run's test MSE", () => {
    const { text, run } = executed();
    for (const count of ["219,584", "259,521"]) expect(text).toContain(count);
    for (const part of ["encoder", "decoder", "autoencoder"]) {
      const difference = numberAfter(text, `${part}: greatest difference over 100 digits`);
      expect(difference, part).toBeGreaterThanOrEqual(0);
      expect(difference, part).toBeLessThanOrEqual(1e-5);
    }
    expect(Math.abs(numberAfter(text, "test MSE in Keras") / run.test.mse - 1)).toBeLessThan(1e-5);
  });

  it("lists every file with the size and the SHA-256 that it has on the disk", () => {
    const { text, run, artifacts } = executed();
    expect(run.files.length).toBeGreaterThan(10);
    for (const { path } of run.files) {
      const file = join(artifacts, "colab", path);
      const size = statSync(file).size.toLocaleString("en");
      expect(text.split("\n").map((line) => line.split(/\s+/))).toContainEqual([
        path,
        size,
        sha256(readFileSync(file)),
      ]);
    }
  });
}

describe("the notebook on this checkout, with the native engine", () => {
  let executed: Executed;
  beforeAll(async () => {
    executed = await execute("here", { repository: root, engine: "native", epochs: 2, images: 2000 });
  });

  it("trains what it was asked to, with the library that is provisioned", () => {
    const { run, text } = executed;
    expect(run.engine.name).toBe("native");
    expect(run.dataset.split).toEqual({ train: 1800, validation: 200 });
    expect(run.history.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(run.history[1]!.valLoss!).toBeLessThan(run.history[0]!.valLoss!);
    expect(text).toContain("Already provisioned: TensorFlow");
    expect(text).toContain(`Node ${process.versions.node.split(".").slice(0, 2).join(".")} from`);
    expect(text).toMatch(/^Keras 3\.\d+/m);
    expect(text).toContain(`The run is in ${join(executed.artifacts, "colab")}`);
  });
  holds(() => executed);
});

/** A machine with an old Node, no compiler, and Colab's way to download. */
function likeColab(): { env: Record<string, string>; downloads: string } {
  const [bin, colab] = [join(folder, "bin"), join(folder, "modules", "google", "colab")];
  const downloads = join(folder, "downloads.txt");
  mkdirSync(bin);
  writeFileSync(join(bin, "node"), "#!/bin/sh\necho v18.20.0\n", { mode: 0o755 });
  mkdirSync(colab, { recursive: true });
  writeFileSync(join(colab, "__init__.py"), "");
  const record = `def download(path):\n    open(${JSON.stringify(downloads)}, "a").write(path + "\\n")\n`;
  writeFileSync(join(colab, "files.py"), record);
  const PATH = [bin, process.env.PATH].join(delimiter);
  return { env: { PATH, PYTHONPATH: join(folder, "modules"), CXX: "no-such-compiler" }, downloads };
}

describe("the notebook on a machine like Colab's, from a clone", () => {
  let executed: Executed;
  let downloads: string;
  beforeAll(async () => {
    const machine = likeColab();
    downloads = machine.downloads;
    const repository = pathToFileURL(root).href;
    executed = await execute("there", { repository, epochs: 1, images: 300 }, machine.env);
  });

  it("brings Node by pip, and says which engine cannot be had and which it takes", () => {
    const { run, text } = executed;
    expect(text).toContain("Node 22.20 from");
    expect(text).toContain("expected a C++ compiler but CXX names no-such-compiler");
    expect(text).toContain("The engine native cannot be had here.");
    expect(text).toContain("Engine: wasm");
    expect(run.engine).toMatchObject({ name: "wasm", versions: { node: "22.20.0" } });
    expect(run.dataset.split).toEqual({ train: 270, validation: 30 });
  });
  holds(() => executed);

  it("downloads what is handed in, and the whole run as a zip", async () => {
    const paths = readFileSync(downloads, "utf8").trim().split("\n");
    const names = [
      "loss_curve.png",
      "reconstructions.png",
      "encoder_model.keras",
      "decoder_model.keras",
      "autoencoder_model.keras",
    ];
    expect(paths.slice(0, -1)).toEqual(names.map((name) => join(executed.artifacts, "colab", name)));
    const list = "import sys, zipfile; print('\\n'.join(zipfile.ZipFile(sys.argv[1]).namelist()))";
    const { stdout } = await promisify(execFile)(python, ["-c", list, paths.at(-1)!]);
    const zipped = stdout.trim().split("\n");
    for (const { path } of executed.run.files) expect(zipped).toContain(`colab/${path}`);
    expect(zipped).toContain("colab/run.json");
  });
});

it("without an address the notebook says what it expects", async () => {
  await expect(execute("nowhere", {})).rejects.toThrow("repository: expected an address or a folder but it is empty");
});

it("the notebook is what nbformat's schema asks for", async () => {
  const validate =
    "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT))";
  await expect(promisify(execFile)(python, ["-c", validate, notebook])).resolves.toBeDefined();
});
