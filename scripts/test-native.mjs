// npm run test:native: what needs `npm run native`: a short native training, and the .keras files in real Keras.
import { testCommand } from "./lib/gate.mjs";
import { command } from "./lib/process.mjs";

command(() => testCommand([["native tests", "vitest.native.config.ts"]]));
