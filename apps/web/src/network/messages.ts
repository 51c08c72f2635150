import type { AutoencoderSpec, MapInputs, ValueTerms } from "@autoencoder/model";
import * as z from "zod/mini";

/**
 * What the page and its model worker say to each other. Every request carries an id; its answer carries the same one.
 * Parsed on both sides: a worker left over from an older build must not be believed.
 */

const numbers = z.instanceof(Float32Array<ArrayBufferLike>);
const bytes = z.instanceof(Uint8Array<ArrayBufferLike>);
/** Names a forward pass: what is asked of an older one than the newest is answered with `superseded`. */
const pass = z.int();
/** Counted from 0; a vector's values have row 0 and column 0. */
const place = z.object({ row: z.int(), column: z.int(), channel: z.int() });
/** What a switched-off map is set to: its mean over the test digits, or 0. */
const replacement = z.enum(["mean", "zero"]);

/** A file of a run: where it is, and what it must be. */
const remoteFile = z.object({
  /** Address on this site, `/files/RUN/SHA256/PATH`. */
  address: z.string(),
  bytes: z.int(),
  sha256: z.string(),
});

const modelFiles = z.object({ model: remoteFile, weights: remoteFile });

/** A run's network for the page: its spec and its two parts as tfjs-format files. */
const modelSource = z.object({
  run: z.string(),
  /** Parsed with run.json, on the server or in the page; here only its outline is looked at. */
  spec: z.custom<AutoencoderSpec>(
    (value) =>
      Array.isArray((value as Partial<AutoencoderSpec> | null)?.encoder?.layers) &&
      Array.isArray((value as Partial<AutoencoderSpec> | null)?.decoder?.layers),
  ),
  encoder: modelFiles,
  decoder: modelFiles,
});

const measuring = z.object({
  /** Pixels of 0 to 255, one digit after the other. */
  pictures: bytes,
  /** The recipe's loss, by Keras's short name. */
  loss: z.enum(["mse", "bce"]),
  /** Among which to find each reconstruction's nearest; pixels of 0 to 255. */
  originals: z.optional(bytes),
  /** Whether the whole is to be compared with its two parts, one after the other. */
  composition: z.boolean(),
});

export const request = z.discriminatedUnion("kind", [
  z.object({ id: z.int(), kind: z.literal("open"), source: modelSource }),
  z.object({
    id: z.int(),
    kind: z.literal("reconstruct"),
    pixels: numbers,
    /** Whether all numbers of all layers are wanted, not the code and the picture alone. */
    everything: z.boolean(),
  }),
  z.object({ id: z.int(), kind: z.literal("decode"), latent: numbers }),
  z.object({
    id: z.int(),
    kind: z.literal("verify"),
    samples: remoteFile,
    pictures: bytes,
  }),
  z.object({ id: z.int(), kind: z.literal("terms"), pass, stage: z.string(), place }),
  z.object({ id: z.int(), kind: z.literal("map"), pass, stage: z.string(), map: z.int() }),
  z.object({ id: z.int(), kind: z.literal("weights"), stage: z.string() }),
  z.object({ id: z.int(), kind: z.literal("influence"), pass, row: z.int(), column: z.int() }),
  z.object({ id: z.int(), kind: z.literal("statistics"), file: remoteFile }),
  z.object({ id: z.int(), kind: z.literal("switch-off"), pass, stage: z.string(), map: z.int(), to: replacement }),
  z.object({
    id: z.int(),
    kind: z.literal("damage"),
    pass,
    stage: z.string(),
    to: replacement,
    /** Other digits than the current one: pixels of 0 to 255, one digit after the other. */
    pictures: z.optional(bytes),
  }),
  /** Rebuilds many digits and compares them with their originals. */
  z.object({ id: z.int(), kind: z.literal("measure"), ...measuring.shape }),
  /** Ends a request that is no longer wanted; has no answer of its own. */
  z.object({ id: z.int(), kind: z.literal("cancel") }),
]);

const opened = z.object({
  kind: z.literal("open"),
  /** Milliseconds from the request until the network could compute. */
  milliseconds: z.number(),
  bytes: z.int(),
});

const reconstructed = z.object({
  kind: z.literal("reconstruct"),
  pass,
  /** [latent] */
  latent: numbers,
  /** [784], row-major, in [0, 1] */
  reconstruction: numbers,
  mse: z.number(),
  /** The numbers of all stages, stage after stage (`mapLayersOf`), where they were asked for. */
  all: z.optional(numbers),
  milliseconds: z.number(),
});

const decoded = z.object({ kind: z.literal("decode"), reconstruction: numbers });

const verified = z.object({
  kind: z.literal("verify"),
  /** How many digits were compared. */
  count: z.int(),
  /** Greatest difference between this page's output and the trainer's recorded one. */
  latent: z.number(),
  pixel: z.number(),
});

/** Made by this worker's own code from parsed requests; here only the outline is looked at. */
const outline = <Value>(has: string) =>
  z.custom<Value>((value) => value === undefined || (typeof value === "object" && value !== null && has in value));

const termsFound = z.object({ kind: z.literal("terms"), terms: outline<ValueTerms>("value") });
const mapTaken = z.object({ kind: z.literal("map"), inputs: z.optional(outline<MapInputs>("preActivation")) });
const weightsFound = z.object({ kind: z.literal("weights"), kernel: numbers, bias: numbers });
const influenceFound = z.object({
  kind: z.literal("influence"),
  /** ∂ŷ/∂x for every pixel x of the input. */
  gradient: numbers,
});
const statisticsFound = z.object({
  kind: z.literal("statistics"),
  /** Least and greatest value of each feature map over all test digits. */
  stages: z.array(z.object({ stage: z.string(), least: numbers, greatest: numbers })),
});
const switchedOff = z.object({ kind: z.literal("switch-off"), reconstruction: numbers, mse: z.number() });
const damageFound = z.object({
  kind: z.literal("damage"),
  /** For each map of the stage: how much the MSE rises without it, the mean over the digits. */
  rises: numbers,
  /** How many digits were rebuilt. */
  digits: z.int(),
});

const measured = z.object({
  kind: z.literal("measure"),
  /** Of each digit. */
  mse: numbers,
  loss: numbers,
  /** For each reconstruction the number of the nearest original. */
  nearest: z.optional(z.instanceof(Int32Array<ArrayBufferLike>)),
  /** Greatest difference between autoencoder(x) and decoder(encoder(x)). */
  composition: z.optional(z.number()),
});

/** Why something could not be done; the sentence is for the page, as it stands. */
const problem = z.object({
  code: z.enum(["wasm", "network", "damaged", "worker", "superseded", "request"]),
  sentence: z.string(),
});

export const answer = z.union([
  z.object({
    id: z.int(),
    ok: z.literal(true),
    value: z.discriminatedUnion("kind", [
      opened,
      reconstructed,
      decoded,
      verified,
      termsFound,
      mapTaken,
      weightsFound,
      influenceFound,
      statisticsFound,
      switchedOff,
      damageFound,
      measured,
    ]),
  }),
  z.object({ id: z.int(), ok: z.literal(false), problem }),
  /** Long work tells how much of it is done, 0 to 1; its result follows. */
  z.object({ id: z.int(), progress: z.number() }),
]);

export type Request = z.infer<typeof request>;
export type Answer = z.infer<typeof answer>;
export type AnswerValue = Extract<Answer, { ok: true }>["value"];
export type Replacement = z.infer<typeof replacement>;
export type RemoteFile = z.infer<typeof remoteFile>;
export type ModelSource = z.infer<typeof modelSource>;
export type Opened = z.infer<typeof opened>;
export type Reconstruction = z.infer<typeof reconstructed>;
export type Decoded = z.infer<typeof decoded>;
export type WeightsFound = z.infer<typeof weightsFound>;
export type Influence = z.infer<typeof influenceFound>;
export type Statistics = z.infer<typeof statisticsFound>;
export type SwitchedOff = z.infer<typeof switchedOff>;
export type Damage = z.infer<typeof damageFound>;
export type Measuring = z.infer<typeof measuring>;
export type Measurement = z.infer<typeof measured>;
export type Verification = z.infer<typeof verified>;
export type Problem = z.infer<typeof problem>;
