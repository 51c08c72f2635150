import { describe, expect, it, vi } from "vitest";
import { type Options, parseOptions, UsageError } from "./options.ts";

const parse = (...argv: string[]) => parseOptions(argv) as Options;

describe("the trainer's options", () => {
  it("are the recipe assignment, all images and the fastest engine when none is given", () => {
    const { recipe, engine, images, name, resume, turbo } = parse();
    expect(recipe.name).toBe("assignment");
    expect({ engine, images, name, resume, turbo }).toEqual({
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

  it("are kept, without --resume, for the command that resumes", () => {
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
    expect(() => parse()).toThrow('TRAIN_ENGINE: expected one of cuda, native, wasm but got "abacus"');
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
