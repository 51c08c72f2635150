import { beforeEach, expect, it, vi } from "vitest";
import { pixelCount } from "../../shared/pixels.ts";
import { assignmentSettings } from "../../training/settings.ts";

const stored = new Map<string, unknown>();
vi.mock("idb-keyval", () => ({
  get: async (key: string) => structuredClone(stored.get(key)),
  set: async (key: string, value: unknown) => void stored.set(key, structuredClone(value)),
  del: async (key: string) => void stored.delete(key),
}));

const course = { step: 1, steps: [{ step: 1, loss: 0.5, gradientNorm: 1 }], epochs: [], state: new Uint8Array(3) };

/** The module as a later visit has it: what it holds in memory is gone. */
const visit = () => import("./kept.ts");
beforeEach(() => {
  vi.resetModules();
  stored.clear();
});

it("a later visit finds the weights that a training began from, and the drawing that it trains on", async () => {
  const kept = {
    ...course,
    settings: { ...assignmentSettings, start: "trained", drawing: "train" } as const,
    start: { run: "assignment", files: [{ path: "encoder/weights.bin", sha256: "ab" }], weights: new Float32Array(5) },
    drawing: new Uint8Array(pixelCount).fill(7),
  };
  await (await visit()).keep(kept);
  vi.resetModules();
  expect(await (await visit()).readKept()).toEqual({ ...kept, visit: expect.any(String) });
});

it("one that was kept before these could be chosen began from its seed, without a drawing", async () => {
  const { start: _, drawing: __, ...settings } = assignmentSettings;
  stored.set("training", { ...course, settings });
  expect(await (await visit()).readKept()).toEqual({ ...course, settings: assignmentSettings });
});

it("a drawing of another size is none of ours", async () => {
  stored.set("training", { ...course, settings: assignmentSettings, drawing: new Uint8Array(3) });
  expect(await (await visit()).readKept()).toBe(undefined);
});

it("one is kept at a time, who comes back meanwhile waits for it, and a worker that ends leaves what was there", async () => {
  const { keepFrom, readKept } = await visit();
  const kept = { ...course, settings: assignmentSettings };
  let told = (_: typeof kept) => {};
  const first = { kept: () => new Promise<typeof kept>((resolve) => (told = resolve)) };
  const second = { kept: vi.fn(async () => kept) };
  void keepFrom(first);
  const both = keepFrom(second);
  const read = readKept();
  told({ ...kept, step: 9 });
  await both;
  expect(second.kept).not.toHaveBeenCalled();
  expect(await read).toMatchObject({ step: 9 });
  await keepFrom({ kept: () => Promise.reject(new Error("it has ended")) });
  expect(await readKept()).toMatchObject({ step: 9 });
  await keepFrom(second);
  expect(await readKept()).toMatchObject({ step: 1 });
});

it("what another visit or tab has left is kept beside this one's, until one of them goes on with it or forgets it", async () => {
  const of = (step: number) => ({ ...course, step, settings: assignmentSettings });
  const steps = async (page: typeof import("./kept.ts")) => (await page.readLeft()).map(({ step }) => step);
  const earlier = await visit();
  await earlier.keep(of(50));
  vi.resetModules();
  const other = await visit();
  for (const step of [1, 2]) await other.keep(of(step));
  expect(await steps(other)).toEqual([2, 50]);
  await earlier.keep(of(60));
  expect(await steps(earlier)).toEqual([60, 2]);

  vi.resetModules();
  const later = await visit();
  const [, before] = await later.readLeft();
  later.takeUp(before as NonNullable<typeof before>);
  await later.keep(of(3));
  expect(await steps(later)).toEqual([3, 60]);
  await later.forget((await later.readLeft())[1] as NonNullable<typeof before>);
  expect(await steps(later)).toEqual([3]);
});
