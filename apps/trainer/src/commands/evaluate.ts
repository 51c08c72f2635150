import { imageMetrics, summarizeMetrics } from "@autoencoder/model";
import { lossNames } from "@autoencoder/model/run";
import { lossFunctions, predict } from "@autoencoder/model/training";
import { dataFolder } from "../command-line.ts";
import { checkFits, openDataset } from "../dataset.ts";
import { chooseEngine } from "../engines/choose.ts";
import { engineNamed } from "../engines/named.ts";
import { openModels, openPublished } from "../published.ts";
import type { Command } from "./command.ts";

export const evaluate: Command = {
  usage: "evaluate RUN [--data DIR] [--engine E] [--json]",
  what: "measure a run on the test images, those of MNIST or of other IDX files",
  options: { data: { type: "string" }, engine: { type: "string" }, json: { type: "boolean" } },
  positionals: { least: 1, most: 1, expected: "a run's name" },
  async perform({ positionals: [name = ""], values, console: { output } }) {
    const published = await openPublished(name, "evaluate");
    const { run } = published;
    const data = values.data === undefined ? undefined : dataFolder("--data", String(values.data));
    const { name: dataset, test, files } = await openDataset(data);
    checkFits(run.spec, test, `the run ${name}`);
    const engine = await chooseEngine(engineNamed("--engine", values.engine as string | undefined)).engine.start();
    const { autoencoder } = await openModels(published, "evaluate");
    const originals = test.floats(0, test.count);
    const outputs = await predict(autoencoder, originals);
    const { mse, psnr, ssim } = summarizeMetrics(
      imageMetrics(originals, outputs, test.rows, test.columns),
      test.labels,
    );
    const loss = lossFunctions[run.recipe.loss].ofPixels(outputs, originals);
    const own = run.dataset.files.every(({ name, sha256 }) =>
      files.some((file) => file.name === name && file.sha256 === sha256),
    );
    if (values.json) {
      const found = { run: name, data: dataset, images: test.count, engine: engine.name, loss, mse, psnr, ssim };
      output.write(`${JSON.stringify({ ...found, ...(own && { recorded: { mse: run.test.mse } }) })}\n`);
      return;
    }
    output.write(`${name}: ${run.recipe.title}\n`);
    output.write(`data    ${dataset}: ${test.count} test images\n`);
    output.write(`engine  ${engine.name}: ${engine.device}\n`);
    output.write(`loss    ${loss.toFixed(5)}, the ${lossNames[run.recipe.loss].name}\n`);
    output.write(`test    MSE ${mse.toFixed(5)}, PSNR ${psnr.toFixed(2)} dB, SSIM ${ssim.toFixed(4)}\n`);
    output.write(
      own
        ? `        the run recorded an MSE of ${run.test.mse.toFixed(5)}; ${Math.abs(mse - run.test.mse).toExponential(0)} apart\n`
        : "        the run was trained on other data, and recorded nothing of these\n",
    );
  },
};
