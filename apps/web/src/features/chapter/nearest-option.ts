/** Place of the option whose number is nearest to the answer: by ratio, or by difference. */
export function nearestOption(options: readonly number[], answer: number, by: "ratio" | "difference"): number {
  const distance = (option: number) =>
    by === "ratio" ? Math.abs(Math.log(option / answer)) : Math.abs(option - answer);
  return options.reduce((best, option, at) => (distance(option) < distance(options[best] as number) ? at : best), 0);
}
