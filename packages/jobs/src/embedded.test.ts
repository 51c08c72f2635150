import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { EmbeddedQueue } from "./embedded.ts";
import { describeQueue } from "./queue-contract.ts";

const folder = mkdtempSync(join(tmpdir(), "queue-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeQueue("a queue in a file", {
  open: async () => new EmbeddedQueue(folder, { leaseSeconds: 1 }),
  clear: async () => rmSync(join(folder, ".work"), { recursive: true, force: true }),
});
