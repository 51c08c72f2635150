import type { Outcome, RouteAnswer, RouteQuestion } from "../src/data-thread/messages.ts";
import { refuse } from "../src/server/answers.ts";
import { gzipped } from "./encoded.ts";
import { isKept, type Keepable, Kept } from "./kept.ts";

/** An answer that is no page, as it lies ready. */
export interface ReadyAnswer extends Keepable {
  readonly headers: Readonly<Record<string, string>>;
}

/** Asks the data thread. */
type Ask = (question: RouteQuestion, signal: AbortSignal) => Promise<Outcome>;

/** Some thousand answers of the API, or a hundred pictures. A store of their own: whoever makes up questions pushes no page out. */
const mostBytes = 8_000_000;

/** The most that the API answers, and more than any picture; weights are larger, and their readers keep them. */
const mostEach = 256 * 1024;

/** Shorter texts are hardly made shorter. */
const worthCompressing = 1_000;

/** What the data thread answers in bytes. What is small and asked for whole is kept until a file that it was made from changes. */
export class DataAnswers {
  readonly #kept: Kept<ReadyAnswer> | undefined;
  readonly #ask: Ask;

  /** @param keeps not where the program changes while it runs: in development */
  constructor(ask: Ask, { keeps = true, most = mostBytes } = {}) {
    this.#ask = ask;
    this.#kept = keeps ? new Kept(most, mostEach) : undefined;
  }

  /** @param reader aborted when he has left */
  get(question: RouteQuestion, reader: AbortSignal): Promise<ReadyAnswer> {
    if (!this.#kept || !isPlain(question)) return this.#make(question, reader);
    const make = question.route === "api" ? this.#makeText : this.#make;
    return this.#kept.get(question.request.url, (signal) => make.call(this, question, signal), reader);
  }

  async #make(question: RouteQuestion, signal: AbortSignal): Promise<ReadyAnswer> {
    const outcome = await this.#ask(question, signal);
    const { dependencies } = outcome;
    if (!outcome.ok) return { ...(await asData(refuse(503, outcome.refusal.sentence))), dependencies };
    const { status, headers, body } = outcome.value as RouteAnswer;
    const bytes = body && { identity: Buffer.from(body.buffer, body.byteOffset, body.byteLength) };
    return { status, headers: Object.fromEntries(headers), bytes: bytes ?? {}, dependencies };
  }

  /** The same, compressed where it will be sent again. */
  async #makeText(question: RouteQuestion, signal: AbortSignal): Promise<ReadyAnswer> {
    const made = await this.#make(question, signal);
    const { identity } = made.bytes;
    if (!identity || identity.length < worthCompressing || !isKept(made)) return made;
    return { ...made, bytes: { identity, gzip: await gzipped(identity) } };
  }
}

/** Whether nothing but its address decides about the answer. */
function isPlain({ request: { method, headers } }: RouteQuestion): boolean {
  return method === "GET" && headers.every(([name]) => name === "x-request-id");
}

async function asData(response: Response): Promise<Omit<ReadyAnswer, "dependencies">> {
  const { status, headers } = response;
  return {
    status,
    headers: Object.fromEntries(headers),
    bytes: { identity: Buffer.from(await response.arrayBuffer()) },
  };
}
