import { auditChaptersOnPhone } from "../fixtures/chapter-audits.ts";

// Each state in one theme; tests/slow/browser has them in both, and at a desk.
auditChaptersOnPhone({ opened: ["dark"], unfolded: ["light"] });
