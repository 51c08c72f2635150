export { DataParallel, WorkerLostError } from "./data-parallel.ts";
export { Replica, type ReplicaAnswer, type ReplicaOf, type ReplicaRequest, type TrainingWorker } from "./replica.ts";
export { layerOverBatch } from "./shards.ts";
