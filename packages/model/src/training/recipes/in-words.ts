import type { Recipe } from "./recipe.ts";

/** `Adam, learning rate 0.001`, `SGD, learning rate 0.1, momentum 0.9 (Nesterov)`, with the schedule behind it. */
export function optimizerInWords({ optimizer, schedule }: Pick<Recipe, "optimizer" | "schedule">): string {
  const words = [classNames[optimizer.name], `learning rate ${optimizer.learningRate}`];
  if (optimizer.name === "sgd" && optimizer.momentum > 0) {
    words.push(`momentum ${optimizer.momentum}${optimizer.nesterov ? " (Nesterov)" : ""}`);
  }
  if (optimizer.name === "adamw") words.push(`weight decay ${optimizer.weightDecay}`);
  if (schedule) words.push(scheduleInWords(schedule));
  return words.join(", ");
}

const classNames = { sgd: "SGD", adam: "Adam", adamw: "AdamW" } as const;

function scheduleInWords(schedule: NonNullable<Recipe["schedule"]>): string {
  const warmUp = schedule.warmupSteps > 0 ? `up over ${schedule.warmupSteps} steps, then ` : "";
  switch (schedule.name) {
    case "constant":
      return `${warmUp}constant`;
    case "cosine":
      return `${warmUp}down along a cosine to ${schedule.alpha} of it`;
    case "step":
      return `${warmUp}times ${schedule.decayRate} every ${schedule.decayEpochs} epochs`;
  }
}
