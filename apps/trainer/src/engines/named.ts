import { oneOf } from "../command-line.ts";
import { type EngineName, engineNames } from "./engine.ts";

/** An engine by its name; undefined for the fastest that can start. @throws UsageError */
export function engineNamed(option: string, name: string | undefined): EngineName | undefined {
  if (name === undefined || name === "auto") return undefined;
  return oneOf(engineNames)(option, name);
}
