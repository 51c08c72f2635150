import { constants, setPriority } from "node:os";
import { runCommand } from "./command.ts";
import { processConsole, stopCodes } from "./terminal.ts";

// Nobody waits for a batch, but somebody may read the site beside it: a training takes what others leave of the processor.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const code = await runCommand(process.argv.slice(2), processConsole());
// Node cannot set back a terminal that was closed, and aborts when it ends by itself; the signal's own end spares it that.
if (code === stopCodes.SIGHUP) process.kill(process.pid, "SIGHUP");
process.exitCode = code;
