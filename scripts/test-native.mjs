// npm run test:native: what needs `npm run native`: a short native training, and the .keras files in real Keras.
import { closingLine, suite } from "./lib/gate.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { CommandError, command, say } from "./lib/process.mjs";

command(async () => {
  await ensureInstalled();
  try {
    return closingLine([await suite("native tests", "vitest.native.config.ts")]);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    say(`error: ${error.message}`);
    return closingLine([error.suite ?? { passed: 0, failed: 1 }]);
  }
});
