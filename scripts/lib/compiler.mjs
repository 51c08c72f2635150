// The C++ compiler, for what is compiled against libtensorflow.
import { spawnSync } from "node:child_process";
import { CommandError } from "./process.mjs";

/** The compiler that CXX names, words and all, or the first that is there. */
export function findCompiler() {
  const named = process.env.CXX?.trim().split(/\s+/);
  const tried = named ? [named] : [["c++"], ["g++"], ["clang++"]];
  const found = tried.find(([name, ...words]) => spawnSync(name, [...words, "--version"]).status === 0);
  if (found) return found;
  const came = named ? `CXX names ${process.env.CXX}, which does not run` : "found none of c++, g++, clang++";
  throw new CommandError(`expected a C++ compiler but ${came}; install one (Debian: apt install g++)`);
}
