import type { AutoencoderSpec } from "@autoencoder/model";
import * as z from "zod/mini";

/**
 * What the page and its model worker say to each other. Every request carries an id; its answer carries the same one.
 * Parsed on both sides: a worker left over from an older build must not be believed.
 */

const numbers = z.instanceof(Float32Array<ArrayBufferLike>);

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

export const request = z.discriminatedUnion("kind", [
  z.object({ id: z.int(), kind: z.literal("open"), source: modelSource }),
  z.object({ id: z.int(), kind: z.literal("reconstruct"), pixels: numbers }),
  z.object({ id: z.int(), kind: z.literal("decode"), latent: numbers }),
  z.object({
    id: z.int(),
    kind: z.literal("verify"),
    samples: remoteFile,
    pictures: z.instanceof(Uint8Array<ArrayBufferLike>),
  }),
]);

const opened = z.object({
  kind: z.literal("open"),
  /** Milliseconds from the request until the network could compute. */
  milliseconds: z.number(),
  bytes: z.int(),
});

const reconstructed = z.object({
  kind: z.literal("reconstruct"),
  /** [latent] */
  latent: numbers,
  /** [784], row-major, in [0, 1] */
  reconstruction: numbers,
  mse: z.number(),
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

/** Why something could not be done; the sentence is for the page, as it stands. */
const problem = z.object({
  code: z.enum(["wasm", "network", "damaged", "worker", "superseded", "request"]),
  sentence: z.string(),
});

export const answer = z.union([
  z.object({
    id: z.int(),
    ok: z.literal(true),
    value: z.discriminatedUnion("kind", [opened, reconstructed, decoded, verified]),
  }),
  z.object({ id: z.int(), ok: z.literal(false), problem }),
]);

export type Request = z.infer<typeof request>;
export type Answer = z.infer<typeof answer>;
export type AnswerValue = Extract<Answer, { ok: true }>["value"];
export type RemoteFile = z.infer<typeof remoteFile>;
export type ModelSource = z.infer<typeof modelSource>;
export type Opened = z.infer<typeof opened>;
export type Reconstruction = z.infer<typeof reconstructed>;
export type Decoded = z.infer<typeof decoded>;
export type Verification = z.infer<typeof verified>;
export type Problem = z.infer<typeof problem>;
