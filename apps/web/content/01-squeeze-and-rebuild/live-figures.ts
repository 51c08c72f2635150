/** The figures of the chapter that run in the page: one script, since they share most of what they need. */
export { LiveCodeLadder } from "./live-code-ladder.tsx";
export { LiveLearning } from "./live-learning.tsx";
export { LiveSnow } from "./live-snow.tsx";
export { Squeeze } from "./squeeze.tsx";
export { Thumbnail } from "./thumbnail.tsx";
