import { parentPort, workerData } from "node:worker_threads";
import { Replica, type ReplicaOf, type ReplicaRequest } from "@autoencoder/model/data-parallel";
import { startWasm } from "./wasm-backend.ts";

// The program of a worker thread: a replica on a WebAssembly heap of its own. `thread-worker.ts` is its other end.

if (!parentPort) throw new Error("wasm-thread: expected to be started as a worker thread");
const port = parentPort;
await startWasm();
const replica = new Replica(workerData as ReplicaOf);
port.on("message", async (request: ReplicaRequest) => {
  const answer = await replica.ask(request);
  port.postMessage(answer, [answer.values.buffer as ArrayBuffer]);
});
