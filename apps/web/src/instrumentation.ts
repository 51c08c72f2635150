/**
 * Next calls it once, before the first request.
 * @public Next calls it
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { watchWire } = await import("./server/wire.ts");
  watchWire();
}
