import { assignmentSpec, autoencoderSpec, logit, type Summary } from "@autoencoder/model";
import { findRecipe, optimizerInWords } from "@autoencoder/model/recipes";
import { lossNames, type Run } from "@autoencoder/model/run";
import { fixed, integer } from "@autoencoder/ui";
import { filesOf, size } from "../run/files.tsx";
import { codeSize, drawnImages, parametersOf } from "../run/numbers.ts";
import { settingsOf } from "../run/settings.tsx";
import { testRows } from "../run/test-errors.tsx";

/** A table of texts: the page draws it, the Markdown prints it. */
export interface TextTable {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

export function summaryTable({ rows, total, trainable }: Summary): TextTable {
  return {
    head: ["Layer (type)", "Output Shape", "Param #"],
    rows: [
      ...rows.map(({ layer, outputShape, parameters }) => [layer, outputShape, String(parameters)]),
      ["Total params", "", integer(total)],
      ["Trainable params", "", integer(trainable)],
    ],
  };
}

export function settingsTable(run: Run): TextTable {
  return { head: ["setting", "value"], rows: settingsOf(run) };
}

export function testTable(run: Run): TextTable {
  return { head: ["test images", "count", "MSE", "pixels’ worth", "PSNR, dB", "SSIM"], rows: testRows(run) };
}

export function filesTable(run: Run): TextTable {
  return {
    head: ["file", "what it is", "size", "SHA-256"],
    rows: filesOf(run, "hand-in").map(({ path, what, bytes, sha256 }) => [path, what, size(bytes), sha256]),
  };
}

/** In MNIST's training file. */
const mnistImages = 60_000;

/** What this run has another way than the assignment; no rows where it follows it to the letter. */
export function differencesTable(run: Run): TextTable {
  const { recipe, dataset, outputBias, page } = run;
  const asked = findRecipe("assignment-literal");
  const validation = Math.round(mnistImages * asked.validationSplit);
  const bias = outputBias === 0 ? "0" : fixed(outputBias, 3);
  // The reader of a page chooses any other value as well, and trained weights bring their own.
  const isLogit = !page?.start && Math.abs(outputBias - logit(dataset.meanPixel)) < 5e-4;
  const known = isLogit ? `, the logit of the mean pixel ${fixed(dataset.meanPixel)}` : "";
  const rows: [string, string, string][] = [
    ["initial weights", "random", page?.start ? `those of the run ${page.start.run}` : "random"],
    ["output bias starts at", "0", bias + known],
    ["loss", lossNames[asked.loss].name, lossNames[recipe.loss].name],
    ["numbers in the code", integer(codeSize(asked)), integer(codeSize(run))],
    ["parameters", integer(parametersOf(asked.spec)), integer(parametersOf(run.spec))],
    ["other settings of layers", "as assigned", sameLayers(run) ? "as assigned" : "differ: see the summaries"],
    ["optimizer", optimizerInWords(asked), optimizerInWords(recipe)],
    ["batch size", String(asked.batchSize), String(recipe.batchSize)],
    ["epochs", String(asked.epochs), String(run.history.length)],
    ["data", "MNIST", dataset.name],
    ["images to train on", integer(mnistImages - validation), integer(dataset.split.train)],
    ["of these the reader’s drawing", "0", integer(drawnImages(run))],
    ["images to validate on", integer(validation), integer(dataset.split.validation)],
  ];
  return { head: ["setting", "the assignment", "this run"], rows: rows.filter(([, there, here]) => there !== here) };
}

/** Whether the layers are the assignment's but for the size of the code, names left out. */
function sameLayers(run: Run): boolean {
  // Both through the schema, so that their fields stand in one order.
  const plain = (spec: unknown) =>
    JSON.stringify(autoencoderSpec.parse(spec), (key, value) => (key === "name" ? undefined : value));
  return plain(run.spec) === plain(assignmentSpec({ latent: codeSize(run) }));
}

/** What the tools are for. Versions are known of those that the run recorded, by their name in run.json. */
const tools: readonly { recorded?: string; name: string; purpose: string }[] = [
  { name: "TypeScript", purpose: "the language of the trainer and of this site" },
  { recorded: "node", name: "Node.js", purpose: "runs the trainer" },
  { recorded: "tfjs", name: "TensorFlow.js", purpose: "builds and trains the network" },
  { recorded: "tensorflow", name: "TensorFlow", purpose: "computes the training, as the library behind TensorFlow.js" },
  { recorded: "tfjs-node-gpu", name: "tfjs-node-gpu", purpose: "joins TensorFlow.js to that library" },
  { recorded: "tfjs-backend-wasm", name: "tfjs-backend-wasm", purpose: "computes the training, in WebAssembly" },
  { name: "h5wasm, fflate", purpose: "write the .keras files" },
  { name: "d3, resvg", purpose: "draw loss_curve.png and reconstructions.png" },
  { name: "Next.js, React", purpose: "this page" },
];

export function technologiesTable({ engine }: Run): TextTable {
  const known = tools.filter(({ recorded }) => !recorded || recorded in engine.versions);
  const others = Object.keys(engine.versions).filter((name) => !tools.some(({ recorded }) => recorded === name));
  return {
    head: ["tool", "version", "what for"],
    rows: [
      ...known.map(({ recorded, name, purpose }) => [name, (recorded && engine.versions[recorded]) || "–", purpose]),
      ...others.map((name) => [name, engine.versions[name] as string, "part of the engine"]),
    ],
  };
}
