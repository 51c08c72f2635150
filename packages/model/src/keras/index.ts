export { writeKeras } from "./write.ts";
