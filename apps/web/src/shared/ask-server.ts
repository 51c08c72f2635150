/**
 * Asks the site's API for something that a reader has just chosen.
 * @param procedure its name in server/router.ts
 * @throws Error with what the server says is wrong
 */
export async function askServer<Value>(procedure: string, input: unknown): Promise<Value> {
  const response = await fetch(`/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`);
  const { result, error } = await response.json();
  if (!response.ok) throw new Error(error?.message ?? `the server answered ${response.status}`);
  return result.data;
}
