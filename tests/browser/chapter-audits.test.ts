import { auditChaptersOnPhone } from "../fixtures/chapter-audits.ts";

// With everything unfolded, in one theme; tests/slow/browser has both states in both themes, and at a desk.
auditChaptersOnPhone({ opened: [], unfolded: ["dark"] });
