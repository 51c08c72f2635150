// npm run test:redis: trainings on a pool, with a real redis-server. Where there is none, what needs it is skipped by name.
import { testCommand } from "./lib/gate.mjs";
import { command } from "./lib/process.mjs";

command(() => testCommand([["Redis tests", "vitest.redis.config.ts"]]));
