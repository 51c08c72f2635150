import { version_core as tfjs } from "@tensorflow/tfjs-core";
import trainer from "../package.json" with { type: "json" };
import { libraryVersion } from "./native/addon.ts";

/** What `--version` prints. */
export function versions(): string {
  const tensorflow = libraryVersion() ?? "not provisioned (npm run native)";
  return [
    `trainer ${trainer.version}`,
    `Node ${process.versions.node}`,
    `tfjs ${tfjs}`,
    `TensorFlow ${tensorflow}`,
  ].join("\n");
}
