import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { artifacts, runOf } from "../../browser/chapter-page.ts";
import { serveSite } from "../../browser/serve.ts";

const healthy = "assignment";

describe("runs that lack something", () => {
  let folder: string;
  let site: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "runs-"));
    for (const [name, loss] of [
      [healthy, "mse"],
      ["assignment-bce", "bce"],
    ] as const) {
      cpSync(join(artifacts, healthy), join(folder, name), { recursive: true });
      const run = runOf(healthy);
      const files = run.files.filter(({ path }) => path !== "snapshots.safetensors");
      const altered = { ...run, name, recipe: { ...run.recipe, name, loss }, files };
      writeFileSync(join(folder, name, "run.json"), JSON.stringify(altered));
    }
    site = await serveSite({ RUNS_DIR: folder });
  });
  afterAll(() => {
    site?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const textOf = async (path: string) => {
    const response = await fetch(`${site.url}${path}`);
    expect(response.status, path).toBe(200);
    return (await response.text()).replaceAll("<!-- -->", "");
  };

  it("show their chapters without snapshots and without the other runs, and say which command makes them", async () => {
    expect(await textOf("/chapters/training")).toContain("has no snapshots");
    expect(await textOf("/chapters/training")).toContain("npx turbo run train");
    expect(await textOf("/chapters/when-it-prints-black")).toContain("npm run train -- --recipe assignment-literal");
    expect(await textOf("/chapters/reconstructions")).toContain("npm run train -- --recipe assignment-128");
    await textOf("/chapters/what-would-improve-it");
  });

  it("are called by the loss they were trained for", async () => {
    const page = await textOf("/chapters/hand-it-in?run=assignment-bce");
    expect(page).toContain("binary cross-entropy over pixels");
    expect(page).not.toContain("MSE over pixels in [0, 1]");
    expect(page).not.toContain("<dd>mean squared error</dd>");
    expect(await textOf("/chapters/hand-it-in")).toContain("MSE over pixels in [0, 1]");
  });
});
