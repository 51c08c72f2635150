/** The figures of the chapter that run in the page: one script, since they share most of what they need. */
export { Squeeze } from "./squeeze.tsx";
export { Thumbnail } from "./thumbnail.tsx";
