import { auditChaptersAtDesk, auditChaptersOnPhone } from "../../fixtures/chapter-audits.ts";

const both = { opened: ["light", "dark"], unfolded: ["dark", "light"] } as const;
auditChaptersOnPhone(both);
auditChaptersAtDesk(both);
