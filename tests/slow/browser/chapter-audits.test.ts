import { auditChapters } from "../../fixtures/chapter-audits.ts";

auditChapters({
  desk: { opened: ["light", "dark"], unfolded: ["dark", "light"] },
  phone: { opened: ["light", "dark"], unfolded: ["dark", "light"] },
});
