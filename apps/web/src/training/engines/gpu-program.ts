import { serveTraining } from "../worker.ts";
import { webgl } from "./webgl.ts";
import { webgpu } from "./webgpu.ts";

/** The same with the engines of GPUs, fetched by those who try them. */
serveTraining([webgl, webgpu]);
