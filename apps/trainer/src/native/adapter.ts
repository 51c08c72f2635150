// Prints the GPU that WebGPU finds here, as JSON, for `npm run native -- --webgpu`.
// Usage: node --import tsx apps/trainer/src/native/adapter.ts
import { findAdapter } from "../engines/webgpu-device.ts";
import { adapterName, isSoftware, openDawn } from "./dawn.ts";

const { info } = await findAdapter(await openDawn());
process.stdout.write(`${JSON.stringify({ adapter: adapterName(info), software: isSoftware(info) })}\n`);
