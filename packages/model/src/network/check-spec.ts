import { layerSizes } from "./parameters.ts";
import { checkAutoencoder } from "./shapes.ts";
import { type AutoencoderSpec, autoencoderSpec } from "./spec.ts";

/**
 * How large a network may be: twenty times the assignment's 479,105 parameters and 98,848 numbers a digit, so that a page
 * draws it and a server computes a digit in a second or two. What is larger would only make every reader wait.
 */
export const networkLimits = {
  parameters: 10_000_000,
  /** Numbers that all layers together make of one digit. */
  values: 2_000_000,
  /** For one digit; the assignment's network has 9.9 million. */
  multiplyAdds: 200_000_000,
} as const;

/**
 * Throws unless the layers of both parts fit one another, have names of their own, and are not too large together.
 * @throws Error of one line: where, what was expected, what came
 */
export function checkSpec(spec: AutoencoderSpec): void {
  checkAutoencoder(spec);
  const layers = [spec.encoder, spec.decoder].flatMap((model) => {
    model.layers.slice(1).forEach(({ className, name }) => {
      if (className === "InputLayer") throw new Error(`layer ${name}: expected an InputLayer first but it comes later`);
    });
    return layerSizes(model);
  });
  const names = layers.map(({ layer }) => layer.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw new Error(`layer ${twice}: expected one layer of this name but there are two`);
  for (const [what, most] of Object.entries(networkLimits) as [keyof typeof networkLimits, number][]) {
    const total = layers.reduce((sum, layer) => sum + layer[what], 0);
    if (!(total <= most)) throw new Error(`${words[what]}: expected at most ${most} in all but got ${total}`);
  }
}

const words = { parameters: "parameters", values: "values of a digit", multiplyAdds: "multiply-adds of a digit" };

/** A spec whose network can be built. */
export const fittingSpec = autoencoderSpec.superRefine((spec, context) => {
  try {
    checkSpec(spec);
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as Error).message });
  }
});
