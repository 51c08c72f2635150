import { runCommand } from "./command.ts";
import { processConsole } from "./terminal.ts";

process.exitCode = await runCommand(process.argv.slice(2), processConsole());
