// The options of a benchmark: flags, and numbers of how often it is done.
import { parseArgs } from "node:util";
import { CommandError } from "../lib/process.mjs";

/**
 * @param name of the benchmark, for errors
 * @param counts by option: [its default, the most it may be]
 * @param flags names of options without a value; --json and --help are always there
 * @returns the values by their names, the counts as numbers
 */
export function parseBench(name, args, counts, flags = []) {
  const texts = Object.entries(counts).map(([count, [usual]]) => [count, { type: "string", default: String(usual) }]);
  const options = {
    ...Object.fromEntries(texts),
    ...Object.fromEntries(["json", "help", ...flags].map((flag) => [flag, { type: "boolean", default: false }])),
  };
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch ({ message }) {
    const help = `npm run bench -- ${name} --help lists the options`;
    throw new CommandError(`bench ${name}: ${message.split("\n")[0]}; ${help}`, 2);
  }
  const numbers = Object.entries(counts).map(([count, [, most]]) => {
    const number = Number(values[count]);
    if (Number.isInteger(number) && number >= 1 && number <= most) return [count, number];
    throw new CommandError(
      `bench ${name}: --${count}: expected a number from 1 to ${most} but got "${values[count]}"`,
      2,
    );
  });
  return { ...values, ...Object.fromEntries(numbers) };
}

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
