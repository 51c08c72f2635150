/** The place in the caller's sources from which a call came, for errors: `loop.ts:163:40`. */
export class CallSite {
  private readonly error: Error;

  constructor() {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 100; // tfjs alone takes dozens of frames
    this.error = new Error();
    Error.stackTraceLimit = stackTraceLimit;
  }

  /** The nearest caller outside this folder and outside tfjs. Put into words only when asked: source maps are slow. */
  toString(): string {
    const frames = this.error.stack?.split("\n").filter((line) => line.startsWith("    at ")) ?? [];
    const own = import.meta.dirname.replaceAll("\\", "/");
    const caller = frames.find((frame) => !foreign.test(frame) && !frame.includes(`${own}/`));
    return /([^/\\()]+:\d+:\d+)\)?$/.exec(caller ?? "")?.[1] ?? "an unknown place";
  }
}

/** Source maps give tfjs's frames the paths that they had where it was built. */
const foreign = /node_modules|[\\/]tfjs-[a-z-]+[\\/]|node:/;
