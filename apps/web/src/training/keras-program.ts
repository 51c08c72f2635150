import { writeKeras } from "@autoencoder/model/keras";

/** A program of its own that the training worker loads when somebody downloads: HDF5 is four times as large as all else. */
Object.assign(globalThis, { writeKeras });
