import { serveTraining } from "../worker.ts";
import { wasm } from "./wasm.ts";

/** The training worker's program: small, since every training begins with it. */
serveTraining([wasm]);
