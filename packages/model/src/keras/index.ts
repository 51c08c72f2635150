export { type KerasContents, type KerasPart, writeKeras } from "./write.ts";
