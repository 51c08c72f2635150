import { parentPort } from "node:worker_threads";
import { answer } from "./answer.ts";
import { serve } from "./serve.ts";

/** The data thread's program: bundled by scripts/build-thread.ts, started by ask.ts. */
if (!parentPort) throw new Error("expected to run as a worker thread; the site's server starts this program");
serve(parentPort, answer);
