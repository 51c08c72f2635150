import { findRecipe } from "@autoencoder/model/recipes";
import { describe, expect, it, vi } from "vitest";
import { UsageError } from "./command-line.ts";
import { helpFor } from "./help.ts";
import { type Options, parseOptions } from "./options.ts";

const parse = (...argv: string[]) => parseOptions(argv) as Options;

describe("the trainer's options", () => {
  it("are the recipe assignment, all images and the fastest engine when none is given", () => {
    const { recipe, engine, name, resume, turbo } = parse();
    expect(recipe.name).toBe("assignment");
    expect({ engine, images: recipe.images, name, resume, turbo }).toEqual({
      engine: undefined,
      images: undefined,
      name: "assignment",
      resume: false,
      turbo: false,
    });
  });

  it.each([
    [["--epochs", "1"], "assignment-1-epochs"],
    [["--epochs", "20"], "assignment"], // the recipe's own
    [["--seed", "9", "--images", "5000"], "assignment-5000-images-seed-9"],
    [["--images", "4000:8000"], "assignment-images-4000-to-8000"],
    [["--data", "/somewhere/Fashion MNIST/"], "assignment-fashion-mnist"],
    [["--recipe", "assignment-literal", "--epochs", "2"], "assignment-literal-2-epochs"],
    [["--engine", "wasm"], "assignment"], // another way to compute the same
    [["--epochs", "1", "--name", "mine-1"], "mine-1"],
  ])("%j give the run the name %s, so that a trial never replaces the run itself", (argv, name) => {
    expect(parse(...argv).name).toBe(name);
  });

  it("change the recipe's epochs and seed and nothing else of it", () => {
    expect(parse("--epochs", "3", "--seed", "7").recipe).toEqual({ ...parse().recipe, epochs: 3, seed: 7 });
  });

  it("name the part of the training images that is used, and refuse what is none", () => {
    expect(parse("--images", "4000").recipe.images).toEqual([0, 4000]);
    expect(parse("--images", "4000:8000").recipe.images).toEqual([4000, 8000]);
    for (const images of ["1", "8000:8001", "8000:4000", "4000:", ":8000", "4e3", "4000:8000:9000", ""]) {
      expect(() => parse("--images", images), images).toThrow(
        /^--images: expected a whole number of at least 2, or a range such as 4000:8000, but got "/,
      );
    }
  });

  it("make a recipe of its own of one whose single settings they change", () => {
    const { recipe, name } = parse("--batch-size", "64", "--learning-rate", "0.002", "--seed", "4");
    const { optimizer } = parse().recipe;
    expect(recipe).toEqual({
      ...parse().recipe,
      name: "assignment-rate-0-002-batch-64",
      title: "The recipe assignment with the learning rate 0.002, a batch size of 64",
      optimizer: { ...optimizer, learningRate: 0.002 },
      batchSize: 64,
      seed: 4,
    });
    expect(name).toBe("assignment-rate-0-002-batch-64-seed-4");
  });

  it("end a name that would be too long in a hash, so that two trials are not one", () => {
    const long = "--optimizer sgd --learning-rate 0.125 --momentum 0.9 --schedule cosine --warmup 100 --batch-size";
    const names = ["64", "65"].map((size) => parse(...long.split(" "), size).name);
    for (const name of names)
      expect(name).toMatch(/^assignment-sgd-rate-0-125-momentum-0-9-cosine-warmup-1-[0-9a-f]{8}$/);
    expect(names[0]).not.toBe(names[1]);
  });

  it("give an optimizer Keras's settings where they name none", () => {
    expect(
      parse("--optimizer", "sgd", "--momentum", "0.9", "--schedule", "cosine", "--warmup", "5").recipe,
    ).toMatchObject({
      name: "assignment-sgd-momentum-0-9-cosine-warmup-5",
      optimizer: { name: "sgd", learningRate: 0.01, momentum: 0.9, nesterov: false },
      schedule: { name: "cosine", warmupSteps: 5, alpha: 0 },
    });
    expect(parse("--optimizer", "adamw", "--early-stopping", "3").recipe).toMatchObject({
      optimizer: { name: "adamw", learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.004 },
      earlyStopping: { patience: 3 },
    });
    expect(parse("--optimizer", "adam", "--batch-size", "128", "--latent", "64", "--warmup", "0")).toEqual({
      ...parse(),
      given: expect.anything(), // what the recipe says already makes no other recipe
    });
    expect(parse("--schedule", "step").recipe.schedule).toEqual({
      name: "step",
      warmupSteps: 0,
      decayEpochs: 5,
      decayRate: 0.5,
    });
  });

  it("change the length of the code in both parts, and nothing of a recipe that is there", () => {
    expect(parse("--latent", "128").recipe.spec).toEqual(findRecipe("assignment-128").spec);
    expect(parse("--loss", "bce").recipe.loss).toBe("bce");
    expect(findRecipe("assignment").loss).toBe("mse");
  });

  it.each([
    [["--momentum", "0.9"], "--momentum: expected the optimizer sgd but got adam"],
    [["--weight-decay", "0.1"], "--weight-decay: expected the optimizer adamw but got adam"],
    [["--latent", "99999"], /^--latent: parameters: expected at most 10000000 in all but got \d+$/],
    [["--learning-rate", "0"], '--learning-rate: expected a number above 0, at most 100 but got "0"'],
    [["--learning-rate", ""], '--learning-rate: expected a number above 0, at most 100 but got ""'],
    [["--momentum", "1"], '--momentum: expected a number of at least 0, below 1 but got "1"'],
    [["--loss", "mae"], '--loss: expected one of mse, bce but got "mae"'],
    [["--early-stopping", "0"], '--early-stopping: expected a whole number from 1 to 2000 but got "0"'],
  ])("%j is refused: %s", (argv, message) => {
    expect(() => parse(...argv)).toThrow(message);
  });

  it("have a help that fits a terminal of 40 columns", () => {
    const lines = helpFor(40).split("\n");
    // A word that is longer than a line keeps its own.
    expect(lines.filter((line) => line.length > 40 && line.trim().includes(" "))).toEqual([]);
    expect(lines.join(" ").replaceAll(/\s+/g, " ")).toBe(helpFor(200).replaceAll(/\s+/g, " "));
  });

  it("are kept, without --resume, for the command that resumes", () => {
    // The number of an attempt is a worker's business.
    expect(parse("--epochs", "3", "--attempt", "2", "--quiet").given).toEqual(["--epochs", "3", "--quiet"]);
    expect(parse("--epochs", "3", "--resume", "--engine", "wasm").given).toEqual(["--epochs", "3", "--engine", "wasm"]);
  });

  it("ask for help in either spelling", () => {
    expect([parseOptions(["--help"]), parseOptions(["-h"])]).toEqual(["help", "help"]);
  });

  it.each([["--seed", "0"], ["--epochs", "1.5"], ["--images", "-3"], ["--name", "mine"], ["stray"]])(
    "%s %s are refused as a mistake in the command line",
    (...argv) => {
      expect(() => parse(...argv)).toThrow(UsageError);
    },
  );

  it("take the engine from TRAIN_ENGINE where --engine is not given, and refuse one that is not known", () => {
    vi.stubEnv("TRAIN_ENGINE", "wasm");
    expect(parse().engine).toBe("wasm");
    expect(parse("--engine", "native").engine).toBe("native");
    vi.stubEnv("TRAIN_ENGINE", "abacus");
    expect(() => parse()).toThrow('TRAIN_ENGINE: expected one of cuda, native, webgpu, wasm but got "abacus"');
    vi.unstubAllEnvs();
  });

  it("of --derive are the run, the engine and the data, and nothing of training", () => {
    expect(parse("--derive", "--name", "assignment")).toMatchObject({ derive: true, name: "assignment" });
    expect(() => parse("--derive")).toThrow("--derive: expected --name RUN, the published run; add it");
    expect(() => parse("--derive", "--name", "assignment", "--epochs", "3")).toThrow(
      "--derive: expected no --epochs, since nothing is trained; leave it out",
    );
  });
});
