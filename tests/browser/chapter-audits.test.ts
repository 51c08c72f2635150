import { auditChapters } from "../fixtures/chapter-audits.ts";

// Each state in one theme at a desk and in the other on a phone; tests/slow/browser has all eight together.
auditChapters({
  desk: { opened: ["light"], unfolded: ["dark"] },
  phone: { opened: ["dark"], unfolded: ["light"] },
});
