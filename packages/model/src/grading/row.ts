import type { Evidence } from "./evidence.ts";

/** How a mark is earned: computed from the weights, believed from the record, or given by a person. */
export type Badge = "recomputed" | "recorded" | "judged";

export type CheckId =
  | "A1"
  | "A2"
  | "A3"
  | "A4"
  | "B1"
  | "B2"
  | "B3"
  | "B4"
  | "B5"
  | "C1"
  | "C2"
  | "C3"
  | "C4"
  | "D1"
  | "D2"
  | "D3"
  | "D4";

/** Where a lost half mark is explained, and what would mend it. */
export interface Lesson {
  /** A chapter's slug. */
  chapter: string;
  /** The figure there, in words. */
  figure: string;
  mend: string;
}

export interface Check {
  id: CheckId;
  title: string;
  marks: 0.5 | 1;
  badge: Badge;
  /** Rule and threshold, on one line. */
  rule: string;
  /** Why this rule, and why this threshold. */
  why: string;
  lesson: Lesson;
}

export interface Row {
  /** The assignment's words. */
  section: string;
  description: string;
  marks: number;
  checks: readonly Check[];
  /** What its checks find; those that only a person can judge have no finding. */
  grade(evidence: Evidence): Findings;
}

export type Findings = Partial<Readonly<Record<CheckId, Finding>>>;

/** What one check found. While an interval or a missing value leaves it open, `least` and `most` differ. */
export interface Finding {
  least: number;
  most: number;
  /** Value against threshold, on one line. */
  line: string;
  /** Why marks were lost or are open. */
  reason?: string;
  /** The check that has to earn marks first. */
  gate?: CheckId;
}
