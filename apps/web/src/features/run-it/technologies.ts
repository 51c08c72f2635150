/** What the project is made with, as /run lists it: name, and what for. */
export const technologies = [
  ["Turborepo", "one command for the packages of the repository; skips what has not changed, a training included"],
  ["TensorFlow.js", "the network itself, its gradients and Adam: the same code in Node and in this page"],
  ["tfjs-node-gpu", "TensorFlow.js’s way to TensorFlow’s own library in Node, on the CPU or on CUDA"],
  ["Dawn", "the WebGPU of Chrome, with which TensorFlow.js reaches any GPU from Node"],
  ["Next.js", "this site: pages rendered on the server, complete before any script runs"],
  ["MDX", "the chapters: prose in Markdown, with figures as components in it"],
  ["D3", "the loss curve’s scales and paths, here and in the PNG that a run writes"],
  ["tRPC", "how pages ask the server for a run: typed questions and checked answers"],
  ["Keras", "opens the `.keras` files: it tests that they compute what the trainer recorded"],
] as const;
