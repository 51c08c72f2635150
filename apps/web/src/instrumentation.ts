/**
 * Before the first request.
 * @public Next calls it
 */
export async function register(): Promise<void> {
  // As Next wants it written, so that no other runtime's bundle takes the import along.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { watchWire } = await import("./server/wire.ts");
    watchWire();
  }
}
