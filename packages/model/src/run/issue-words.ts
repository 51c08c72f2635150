import type { z } from "zod";
import { shown } from "../words.ts";
import type { Fault } from "./fault.ts";

/** Where the first thing stands that a schema refused, what it expected there, and what came; in words. */
export function firstIssue(
  { issues }: z.ZodError,
  input: unknown,
): Pick<Fault, "field" | "came"> & { expected: string } {
  const [issue] = issues;
  if (!issue) return { field: "(whole file)", expected: "another content", came: "it does not fit" };
  const value = issue.path.reduce<unknown>(
    (inside, key) => (inside as Record<PropertyKey, unknown> | null)?.[key],
    input,
  );
  const field = issue.path.map(String).join(".") || "(whole file)";
  if (issue.code === "custom") return ownWords(field, issue.message, value);
  if (issue.code === "unrecognized_keys") {
    return { field, expected: "no other fields", came: `got ${issue.keys.slice(0, 3).map(shown).join(", ")}` };
  }
  return { field, expected: expectedWords(issue), came: `got ${extent(issue) ?? shown(value)}` };

  function extent({ code }: z.core.$ZodIssue): string | undefined {
    if (code !== "too_big" && code !== "too_small") return undefined;
    if (typeof value === "string") return `${value.length} characters`;
    return Array.isArray(value) ? String(value.length) : undefined;
  }
}

/** Our own checks say `WHERE: expected A but B`, or only what is wrong. */
function ownWords(field: string, message: string, value: unknown) {
  const [, where, expected, came] = /^(?:(.*?): )?expected (.*?) but (.*)$/s.exec(message) ?? [];
  if (expected === undefined || came === undefined) {
    return { field, expected: "another value", came: `got ${shown(value)}: ${message}` };
  }
  return { field: where === undefined ? field : `${field}: ${where}`, expected, came };
}

function expectedWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return types[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.map(shown).join(" or ");
    case "invalid_union":
      return "options" in issue && issue.options ? issue.options.map(shown).join(" or ") : "another value";
    case "too_big":
      return `at most ${issue.maximum}${unitOf(issue.origin)}`;
    case "too_small":
      return `${issue.inclusive ? "at least" : "more than"} ${issue.minimum}${unitOf(issue.origin)}`;
    case "invalid_format":
      return issue.message.startsWith("expected ") ? issue.message.slice("expected ".length) : formatWords(issue);
    default:
      return "another value";
  }
}

const types: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "an object",
  record: "an object",
  string: "a text",
  tuple: "a list",
};

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " entries" : "";
}

function formatWords({ format, pattern }: { format: string; pattern?: string | undefined }): string {
  return format === "datetime" ? "a time such as 2026-01-31T12:00:00Z" : `a text like ${pattern ?? format}`;
}
