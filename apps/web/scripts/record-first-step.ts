import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { registerFastGradients } from "@autoencoder/model/gradients";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { takeFirstStep } from "../src/training/engines/first-step.ts";
import { describeStep } from "../src/training/engines/self-test.ts";

/**
 * Records the first training step that every engine of the page has to take: on tfjs's backend of plain JavaScript, with the
 * gradients that finite differences have tested. tfjs's own gradient of an upsampling finds its places by rounded quotients, and
 * on this backend misses some. Needed again only when the step that is taken changes. Usage: npx tsx scripts/record-first-step.ts
 */
const path = fileURLToPath(new URL("../src/training/engines/known-step.json", import.meta.url));
await tf.setBackend("cpu");
registerFastGradients();
const digits = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(7)) : value);
await writeFile(path, `${JSON.stringify(describeStep(await takeFirstStep()), digits, 2)}\n`);
