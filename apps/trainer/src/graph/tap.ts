import type { Attribute, Binding, Handle, NodeBackend, Values } from "./binding.ts";

/** What is heard of the addon's calls while a function is recorded. */
export interface Listener {
  executed(name: string, attributes: readonly Attribute[], inputs: readonly number[], outputs: readonly Handle[]): void;
  created(handle: Handle, values: Values): void;
  /** A tensor's values are asked for. */
  read(id: number): void;
}

/**
 * Stands between tfjs-node's kernels and the addon: lets one listener hear every call, and puts real tensors in the place of
 * stand-ins, whose values lie in a session.
 */
export class Tap {
  /** The addon itself. */
  readonly addon: Binding;
  private listener: Listener | undefined;
  /** What fetches a stand-in's value and gives the real tensor's id, by the stand-in's id. */
  private readonly standIns = new Map<number, () => number>();
  /** tfjs-node has −1 for tensors that the addon does not know yet, and deletes none below 0. */
  private nextStandIn = -2;

  private constructor(backend: NodeBackend) {
    const addon = backend.binding;
    this.addon = addon;
    const overrides: Pick<Binding, "executeOp" | "createTensor" | "tensorDataSync" | "runSavedModel"> = {
      executeOp: (name, attributes, inputs, count) => {
        const real = inputs.map((id) => this.real(id));
        const outputs = addon.executeOp(name, attributes, real, count);
        this.listener?.executed(name, attributes, real, outputs);
        return outputs;
      },
      createTensor: (shape, dtype, values) => {
        const id = addon.createTensor(shape, dtype, values);
        this.listener?.created({ id, shape: [...shape], dtype }, values);
        return id;
      },
      tensorDataSync: (id) => {
        this.listener?.read(id);
        return addon.tensorDataSync(this.real(id));
      },
      runSavedModel: (model, inputs, inputNames, outputNames) =>
        addon.runSavedModel(
          model,
          inputs.map((id) => this.real(id)),
          inputNames,
          outputNames,
        ),
    };
    backend.binding = Object.create(addon, Object.getOwnPropertyDescriptors(overrides)); // the addon is read-only
  }

  /** The tap of a backend; the first call puts it in. */
  static of(backend: NodeBackend): Tap {
    const tap = taps.get(backend) ?? new Tap(backend);
    taps.set(backend, tap);
    return tap;
  }

  get listening(): boolean {
    return this.listener !== undefined;
  }

  /** Lets `listener` hear every call that `run` makes. */
  listen<T>(listener: Listener, run: () => T): T {
    this.listener = listener;
    try {
      return run();
    } finally {
      this.listener = undefined;
    }
  }

  /** An id for a tensor whose value `fetch` gets when somebody asks for it. */
  standIn(fetch: () => number): number {
    const id = this.nextStandIn--;
    this.standIns.set(id, fetch);
    return id;
  }

  forget(standIn: number): void {
    this.standIns.delete(standIn);
  }

  /** The id of the tensor itself. */
  real(id: number): number {
    return this.standIns.get(id)?.() ?? id;
  }
}

const taps = new WeakMap<NodeBackend, Tap>();
