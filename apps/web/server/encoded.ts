import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export type Encoding = "br" | "gzip" | "identity";

/** A text in the encodings that a reader may ask for, made once and off the event loop. */
export interface Encoded {
  /** Weak, since it names the text and not its bytes. */
  readonly etag: string;
  readonly bytes: { readonly identity: Buffer } & Readonly<Partial<Record<Encoding, Buffer>>>;
}

/** A page is compressed once and sent often: 9 of 11 gives most of what there is to gain in a tenth of the time. */
const brotliQuality = 9;

/**
 * @param besides what the tag names besides the text
 * @param often whether it is sent often enough to be worth compressing so well
 */
export async function encode(text: string, besides: string, often: boolean): Promise<Encoded> {
  const identity = Buffer.from(text);
  const hash = createHash("sha256").update(identity).update("\0").update(besides).digest("base64url");
  const etag = `W/"${hash.slice(0, 32)}"`;
  if (!often) return { etag, bytes: { identity } };
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(identity, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: identity.length,
      },
    }),
    gzipped(identity, 9),
  ]);
  return { etag, bytes: { br, gzip: gz, identity } };
}

/** @param level 6 of 9 where a text may be sent only once */
export function gzipped(bytes: Buffer, level = 6): Promise<Buffer> {
  return promisify(gzip)(bytes, { level });
}

/**
 * The shortest encoding that a reader takes; by RFC 9110 one with the weight 0 is refused.
 * @param offered what there is besides the text itself, the shortest first
 */
export function chooseEncoding(accepted = "", offered: readonly Encoding[] = ["br", "gzip"]): Encoding {
  const weights = new Map(
    accepted.split(",").map((one) => {
      const [name = "", ...parameters] = one.toLowerCase().split(";");
      const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return [name.trim(), Number(q ?? 1)] as const;
    }),
  );
  const takes = (encoding: Encoding) => (weights.get(encoding) ?? weights.get("*") ?? 0) > 0;
  return offered.find(takes) ?? "identity";
}
