// The options of a benchmark: flags, and one number of how often it is done.
import { parseArgs } from "node:util";
import { CommandError } from "../lib/process.mjs";

/**
 * @param name of the benchmark, for errors
 * @param count [option, its default, the most it may be]
 * @param flags names of options without a value; --json and --help are always there
 * @returns the values by their names, the count as a number
 */
export function parseBench(name, args, [count, usual, most], flags = []) {
  const options = {
    [count]: { type: "string", default: String(usual) },
    ...Object.fromEntries(["json", "help", ...flags].map((flag) => [flag, { type: "boolean", default: false }])),
  };
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch ({ message }) {
    const help = `npm run bench -- ${name} --help lists the options`;
    throw new CommandError(`bench ${name}: ${message.split("\n")[0]}; ${help}`, 2);
  }
  const number = Number(values[count]);
  if (Number.isInteger(number) && number >= 1 && number <= most) return { ...values, [count]: number };
  throw new CommandError(
    `bench ${name}: --${count}: expected a number from 1 to ${most} but got "${values[count]}"`,
    2,
  );
}

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
