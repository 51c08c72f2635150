import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tensor } from "@tensorflow/tfjs-core";
import { idOf, type NodeBackend } from "./binding.ts";
import type { Graph } from "./graph.ts";
import { type PlacedVariable, type SavedModel, tag, writeSavedModel } from "./saved-model.ts";
import { Tap } from "./tap.ts";

/**
 * A graph in TensorFlow, with variables of its own that keep their values from call to call.
 *
 * A variable that a call has moved stays where it is: its tf.Variable gets a stand-in, and whoever asks for its value, an
 * eager operation, another session or `data()`, has it fetched. Before a call, variables that have been moved elsewhere are
 * handed over. On a CPU neither copies a value.
 */
export class Session {
  private readonly model: number;
  private readonly names: Pick<SavedModel, "inputs" | "outputs">;
  private readonly places: Place[];
  private readonly tap: Tap;

  constructor(
    graph: Graph,
    private readonly backend: NodeBackend,
  ) {
    disposeAbandoned();
    this.tap = Tap.of(backend);
    const { file, variables, ...names } = writeSavedModel(graph, backend.binding, `session_${sessionsMade++}/`);
    this.names = names;
    this.model = load(file, backend);
    this.places = variables.map((placed) => new Place(placed, this.model, backend));
    sessions.add(this);
  }

  /** One call. The caller disposes of the outputs. */
  run(inputs: readonly Tensor[]): Tensor[] {
    const { backend, tap, names, model, places } = this;
    const late = places.filter((place) => place.prepare());
    if (late.length > 0) {
      const ids = late.map(({ holds }) => holds as number);
      const input = late.map(({ placed }) => placed.input).join();
      const done = late.map(({ placed }) => placed.done).join();
      for (const { id } of tap.addon.runSavedModel(model, ids, input, done)) tap.addon.deleteTensor(id);
    }
    const ids = inputs.map((input) => idOf(backend, input));
    const handles = backend.binding.runSavedModel(model, ids, names.inputs.join(), names.outputs.join());
    for (const place of places) place.keep();
    return handles.map((handle) => backend.createOutputTensor(handle));
  }

  /** True when one of its variables is gone: it can never run again. */
  get abandoned(): boolean {
    return this.places.some(({ placed }) => placed.variable.isDisposed);
  }

  dispose(): void {
    if (!sessions.delete(this)) return;
    for (const place of this.places) place.close();
    this.tap.addon.deleteSavedModel(this.model);
  }
}

const sessions = new Set<Session>();
let sessionsMade = 0;

function disposeAbandoned(): void {
  for (const session of sessions) if (session.abandoned) session.dispose();
}

/** A variable's place in a session. */
class Place {
  /** Id of the tensor whose value the session's variable has, or of the stand-in. */
  holds: number | undefined;
  private readonly standIn: number;
  private readonly tap: Tap;
  /** What the stand-in is the data of. */
  private dataId: object | undefined;

  constructor(
    readonly placed: PlacedVariable,
    private readonly model: number,
    private readonly backend: NodeBackend,
  ) {
    this.tap = Tap.of(backend);
    this.standIn = this.tap.standIn(() => this.fetch());
  }

  /** Before a call. @returns true when the variable's value must be handed over: `holds` has its id */
  prepare(): boolean {
    const { variable, read, assigned } = this.placed;
    if (variable.isDisposed) {
      throw new Error(
        `variable ${variable.name}: expected it to be alive but it was disposed of; make the function anew`,
      );
    }
    const shared = this.backend.refCount(variable.dataId) > 1;
    // Whoever else holds the stand-in, a clone for one, must not see the value change.
    if (this.isOut && (this.dataId !== variable.dataId || (shared && assigned))) this.fetch();
    const id = idOf(this.backend, variable);
    if (!read || id === this.holds) return false;
    this.holds = this.tap.real(id);
    return true;
  }

  /** After a call. */
  keep(): void {
    const { variable, assigned } = this.placed;
    if (!assigned || (this.isOut && this.dataId === variable.dataId)) return;
    const dtype = variable.dtype === "int32" ? this.tap.addon.TF_INT32 : this.tap.addon.TF_FLOAT;
    const tensor = this.backend.createOutputTensor({ id: this.standIn, shape: variable.shape, dtype });
    this.dataId = tensor.dataId;
    variable.assign(tensor);
    tensor.dispose();
    this.holds = this.standIn;
  }

  close(): void {
    if (this.isOut) this.fetch();
    this.tap.forget(this.standIn);
  }

  /** True while somebody holds the stand-in. */
  private get isOut(): boolean {
    const { tensorMap } = this.backend;
    return this.dataId !== undefined && tensorMap.has(this.dataId) && tensorMap.get(this.dataId).id === this.standIn;
  }

  /** Puts the value itself in the stand-in's place. @returns its id */
  private fetch(): number {
    const [handle] = this.tap.addon.runSavedModel(this.model, [], "", this.placed.value);
    if (!handle || !this.dataId) throw new Error(`variable ${this.placed.variable.name}: its value was not kept`);
    this.backend.tensorMap.get(this.dataId).id = handle.id;
    this.holds = handle.id;
    return handle.id;
  }
}

/** Loads a SavedModel, which the addon takes from a folder only. @returns its number */
function load(file: Uint8Array, { binding }: NodeBackend): number {
  const folder = mkdtempSync(join(tmpdir(), "tf-function-"));
  try {
    writeFileSync(join(folder, "saved_model.pb"), file);
    return binding.loadSavedModel(folder, tag);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
