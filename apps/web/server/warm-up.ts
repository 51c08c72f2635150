import { mnistChecksums } from "@autoencoder/data";
import { chapters } from "../content/chapters.ts";
import { pages } from "../src/features/shell/pages.ts";
import { readRun } from "../src/server/run-store.ts";
import { defaultRun } from "../src/shared/default-run.ts";
import { drawnAddress } from "../src/shared/run-addresses.ts";

/** Every page, with the run that it shows unless another is asked for. */
export const pageAddresses: readonly string[] = [
  ...pages.map(({ href }) => href),
  ...chapters.map(({ slug }) => `/chapters/${slug}`),
  "/teach/questions",
  `/runs/${defaultRun}/report`,
];

/** An address of each route that is no page. */
export async function routeAddresses(): Promise<string[]> {
  const run = await readRun(defaultRun).catch(() => undefined);
  return [
    `/files/${defaultRun}/run.json`,
    ...(run ? [`${drawnAddress(run)}/0/icon.png`] : []),
    `/data/${mnistChecksums["t10k-images-idx3-ubyte"]}/test/0-1`,
    "/program/mnist_autoencoder.py",
    "/notebooks/colab.ipynb",
    `/api/trpc/testPca?input=${encodeURIComponent(JSON.stringify({ name: defaultRun }))}`,
  ];
}

/**
 * Asks for each address once, one after another, so that readers who come meanwhile are answered between them.
 * @param ask gives the status of an answer
 * @returns the addresses that the server failed at
 */
export async function warmUp(
  addresses: readonly string[],
  ask: (address: string) => Promise<number>,
): Promise<string[]> {
  const failed: string[] = [];
  for (const address of addresses) if ((await ask(address)) >= 500) failed.push(address);
  return failed;
}
