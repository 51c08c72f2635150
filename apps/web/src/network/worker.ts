import { startBackend } from "./backend.ts";
import { modelHandlers } from "./handlers.ts";
import { serve, type WorkerScope } from "./serve.ts";

/** The model worker's program. */
const scope = globalThis as unknown as WorkerScope & { location: { href: string } };
const folder = new URL(".", scope.location.href).href;

serve(
  scope,
  modelHandlers(() => startBackend(folder)),
);
scope.postMessage({ pong: true }, []); // from here on the page expects its pings to be answered
