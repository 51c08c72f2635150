import type { KernelBackend } from "@tensorflow/tfjs-core";
import { EngineLostError, type StartOptions } from "./engine.ts";

/**
 * Watches over what a GPU gives. One that is lost, or that refuses a command, answers with zeros or with what lay in its memory,
 * and with no error: so every reading looks first whether something went wrong.
 */
export class Guard {
  private fault: EngineLostError | undefined;

  constructor(private readonly onLost: StartOptions["onLost"]) {}

  /** Something went wrong: no reading succeeds any more. Only the first reason counts. */
  note(sentence: string): EngineLostError {
    if (this.fault) return this.fault;
    this.fault = new EngineLostError(sentence);
    this.onLost(this.fault);
    return this.fault;
  }

  /** Has the backend's readings look first. */
  watch<Backend extends KernelBackend>(backend: Backend): Backend {
    const read = backend.read.bind(backend);
    backend.read = async (data) => {
      const values = await read(data);
      if (this.fault) throw this.fault;
      return values;
    };
    const readSync = backend.readSync.bind(backend);
    backend.readSync = (data) => {
      const values = readSync(data);
      if (this.fault) throw this.fault;
      return values;
    };
    return backend;
  }
}
