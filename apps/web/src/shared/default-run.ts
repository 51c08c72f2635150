/** The run that pages show unless another is asked for. */
export const defaultRun = "assignment";
