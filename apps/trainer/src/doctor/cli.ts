import { join } from "node:path";
import { root } from "../paths.ts";
import { checkDigits, checkEngines, checkRuns } from "./checks.ts";

/** Prints what the trainer finds as JSON: scripts/doctor.mjs starts it where everything is installed. */
const runs = process.env.RUNS_DIR ?? join(root, "artifacts");
const findings = [...(await checkEngines()), await checkDigits(), ...(await checkRuns(runs))];
process.stdout.write(JSON.stringify(findings));
