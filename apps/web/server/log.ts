import { format, stripVTControlCharacters } from "node:util";

/** What can be said of an event beside its sentence: plain values, by name. */
export type Details = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(message: string, details?: Details): void;
  warn(message: string, details?: Details): void;
  error(message: string, details?: Details): void;
}

/**
 * The server's events, a line each: for programs as JSON, for a person in a terminal as text.
 * @param write takes a line with its end
 */
export function createLog(as: "text" | "json", write: (line: string) => void): Log {
  const log =
    (level: keyof Log) =>
    (message: string, details: Details = {}) =>
      write(`${as === "json" ? asJson(level, message, details) : asText(level, message, details)}\n`);
  return { info: log("info"), warn: log("warn"), error: log("error") };
}

function asJson(level: string, message: string, details: Details): string {
  return JSON.stringify({ time: new Date().toISOString(), level, message, ...details });
}

function asText(level: string, message: string, details: Details): string {
  const named = Object.entries(details).flatMap(([name, value]) =>
    // What a stranger asked for may hold line ends and codes that move a terminal's cursor.
    value === undefined ? [] : [`${name} ${String(value).replace(/\p{Cc}/gu, "?")}`],
  );
  const line = [message, ...named].join(", ");
  return level === "info" ? line : `${level}: ${line}`;
}

/** What Next and React print becomes events too, so that all lines can be read by the same program. */
export function takeOverConsole(log: Log): void {
  const say =
    (level: keyof Log) =>
    (...given: unknown[]) =>
      log[level](stripVTControlCharacters(format(...given)));
  Object.assign(console, { log: say("info"), info: say("info"), warn: say("warn"), error: say("error") });
}
