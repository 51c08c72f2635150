// The start of a worker thread. The hooks by which tsx loads TypeScript are a thread's own: they do not come from the main one.
import { register } from "tsx/esm/api";

register();
await import("./wasm-thread.ts");
