import { z } from "zod";
import { trainEngines } from "./command-line.ts";

/** Which engines can start on a machine: what `npm run train -- engines --json` prints. */

const name = z.enum(trainEngines.map(({ name }) => name));

export const engineReport = z.array(
  z.strictObject({
    name,
    available: z.boolean(),
    /** Whether it is the one that is taken where none is asked for. */
    taken: z.boolean(),
    /** Why it cannot start, and the command that makes it able to. */
    reason: z.string().optional(),
    command: z.string().optional(),
  }),
);
export type EngineReport = z.infer<typeof engineReport>;
