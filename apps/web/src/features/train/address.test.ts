import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pauses } from "../../training/messages.ts";
import { choices, mostSeed } from "../../training/settings.ts";
import { type Asked, readAddress, writeAddress } from "./address.ts";
import { stories, storyNames } from "./stories.ts";

const bias = fc.integer({ min: -80, max: 20 }).map((twentieths) => Number((twentieths * 0.05).toFixed(2)) + 0);

const asked: fc.Arbitrary<Asked> = fc.record({
  story: fc.option(fc.constantFrom(...storyNames), { nil: undefined }),
  settings: fc.record({
    learningRate: fc.constantFrom(...choices.learningRate),
    batchSize: fc.constantFrom(...choices.batchSize),
    latent: fc.constantFrom(...choices.latent),
    filters: fc.constantFrom(...choices.filters),
    images: fc.constantFrom(...choices.images),
    loss: fc.constantFrom(...choices.loss),
    optimizer: fc.constantFrom(...choices.optimizer),
    outputBias: bias,
    seed: fc.integer({ min: 1, max: mostSeed }),
    start: fc.constantFrom(...choices.start),
    drawing: fc.constantFrom(...choices.drawing),
  }),
  beside: fc.option(bias, { nil: undefined }),
  pauseAt: fc.constantFrom(...pauses),
  workers: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
});

describe("the address of a training", () => {
  it("holds all that was asked for", () =>
    fc.assert(
      fc.property(asked, (one) => {
        const { story, settings } = one;
        // Trained weights bring their own.
        if (settings.start === "trained") settings.outputBias = stories[story ?? "learns"].settings.outputBias;
        expect(readAddress(writeAddress(one))).toEqual(one);
      }),
    ));

  it("is empty where nothing differs, and as short as what differs", () => {
    const { settings } = stories.learns;
    const nothing = { story: undefined, settings, beside: undefined, pauseAt: "never" as const, workers: undefined };
    expect(writeAddress(nothing)).toBe("");
    expect(writeAddress({ ...nothing, settings: { ...settings, seed: 7 } })).toBe("?seed=7");
    expect(writeAddress({ ...nothing, settings: { ...settings, start: "trained", drawing: "train" } })).toBe(
      "?start=trained&drawing=train",
    );
    expect(writeAddress({ ...nothing, story: "dies", settings: stories.dies.settings })).toBe("?story=dies");
  });

  it.each([
    "?rate=1000&batch=127&code=65&loss=mae&optimizer=lion&bias=9&seed=0&beside=x&workers=99&filters=33&images=5000&pause=now&start=black&drawing=1&story=constructor",
    "?bias=&seed=&seed=1e3&rate=",
    "?bias=NaN&beside=Infinity&seed=-1",
    "?%",
  ])("ignores what cannot be chosen: %s", (search) => {
    expect(readAddress(search)).toEqual({
      story: undefined,
      settings: stories.learns.settings,
      beside: undefined,
      pauseAt: "never",
      workers: undefined,
    });
  });
});
