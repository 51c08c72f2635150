/** The figures in which a layer works, value after value: one script, since they share most of what they need. */
export { DenseMachine } from "./dense-machine.tsx";
export { LayerMachine } from "./layer-machine.tsx";
