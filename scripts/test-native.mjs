// npm run test:native: what needs `npm run native`: a short native training, and the .keras files in real Keras. What the engine
// webgpu needs is installed here: no GPU, since it is tested on the program that stands in for one in the tests' browser.
import { testCommand } from "./lib/gate.mjs";
import { command } from "./lib/process.mjs";
import { installWebgpu } from "./native/webgpu.mjs";

command(() =>
  testCommand([["native tests", "vitest.native.config.ts"]], async () => {
    await installWebgpu();
    return [];
  }),
);
