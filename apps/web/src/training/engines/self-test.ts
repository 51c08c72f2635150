import { createRandom } from "@autoencoder/data";
import { type EngineName, engineLabels } from "./engine.ts";
import {
  beta1,
  beta2,
  epsilon,
  type FirstStep,
  learningRate,
  type Part,
  partsOf,
  takeFirstStep,
} from "./first-step.ts";
import known from "./known-step.json";

/** What is known of a tensor's gradient in the first step, from tfjs's plain JavaScript backend. */
export interface KnownGradient {
  name: string;
  /** The greatest of its numbers, without sign. */
  largest: number;
  /** Some of its numbers, evenly spaced. */
  samples: readonly number[];
  /** Its numbers, each with a sign from `signs`, added up and divided by √length: any that is off shows here. */
  folded: number;
}

export interface KnownStep {
  loss: number;
  gradients: readonly KnownGradient[];
}

/** How far a number may be from the known one, in parts of its tensor's greatest. */
const allowed = 1e-3;
const samples = 16;

/**
 * Has the active engine take a first step, and compares it with known numbers. A forward pass alone proves nothing: on one
 * phone's GPU it was right and every gradient was 0 (https://github.com/tensorflow/tfjs/issues/8590).
 * @throws Error that names the tensor that is off
 */
export async function selfTest(engine: EngineName): Promise<void> {
  const fault = faultOf(await takeFirstStep(), known);
  if (!fault) return;
  throw new Error(`${engineLabels[engine]} is not used: its first training step came out wrong here. ${fault}`);
}

/** What is wrong with a step, in a sentence; undefined where it is right. */
export function faultOf(step: FirstStep, { loss, gradients }: KnownStep): string | undefined {
  if (!(Math.abs(step.loss - loss) <= allowed * loss)) return `Expected a loss of ${loss} but got ${step.loss}.`;
  for (const [at, part] of partsOf().entries()) {
    const right = gradients[at] as KnownGradient;
    const off = apart(describe(step, part), right) / right.largest;
    if (!(off <= allowed)) return inWords("gradient", part, off);
    const moved = moveApart(step, part) / learningRate;
    if (!(moved <= allowed)) return inWords("change", part, moved);
  }
  return undefined;
}

function inWords(what: string, { name }: Part, off: number): string {
  const percent = !Number.isFinite(off)
    ? "no number"
    : `${off < 0.1 ? (100 * off).toPrecision(2) : Math.round(100 * off)} %`;
  return `The ${what} of ${name} is off by ${percent} of its largest value; at most 0.1 % is allowed.`;
}

/** What is kept of a step, to be compared with. */
export function describeStep(step: FirstStep): KnownStep {
  return { loss: step.loss, gradients: partsOf().map((part) => describe(step, part)) };
}

function describe({ m }: FirstStep, { name, start, length }: Part): KnownGradient {
  const { next } = createRandom(signs, start);
  let [largest, folded] = [0, 0];
  const gradient = m.subarray(start, start + length);
  for (const value of gradient) {
    largest = Math.max(largest, Math.abs(value));
    folded += next() < 0.5 ? value : -value;
  }
  const scale = 1 / (1 - beta1);
  const spaced = Array.from({ length: Math.min(samples, length) }, (_, at) => {
    return scale * (gradient[Math.floor((at * length) / Math.min(samples, length))] as number);
  });
  return { name, largest: scale * largest, samples: spaced, folded: (scale * folded) / Math.sqrt(length) };
}

/** Tells these random signs apart from other uses of seeds. */
const signs = 8590;

/** How far what came is from what is known, as the greatest difference. */
function apart(came: KnownGradient, right: KnownGradient): number {
  let most = Math.max(Math.abs(came.largest - right.largest), Math.abs(came.folded - right.folded));
  for (const [at, value] of right.samples.entries())
    most = Math.max(most, Math.abs((came.samples[at] as number) - value));
  // Math.max gives NaN where one is: it is no difference that is allowed.
  return most;
}

/** How far the weights went from where Adam's formula takes them, by the gradient that the engine itself found. */
function moveApart({ before, after, m }: FirstStep, { start, length }: Part): number {
  let most = 0;
  const rate = (learningRate * Math.sqrt(1 - beta2)) / (1 - beta1);
  for (let at = start; at < start + length; at++) {
    const first = m[at] as number;
    const root = (Math.sqrt(1 - beta2) * Math.abs(first)) / (1 - beta1);
    const move = (after[at] as number) - (before[at] as number);
    most = Math.max(most, Math.abs(move + (rate * first) / (root + epsilon)));
  }
  return most;
}
