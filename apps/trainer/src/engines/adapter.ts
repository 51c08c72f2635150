// Prints the GPU that Dawn finds, for `npm run native -- --webgpu`: its name, and whether a program computes in its place.
import { isSoftware, nameOf, requestAdapter } from "./webgpu.ts";

const { info } = await requestAdapter();
process.stdout.write(`${JSON.stringify({ name: nameOf(info), software: isSoftware(info) })}\n`);
process.exit(0);
