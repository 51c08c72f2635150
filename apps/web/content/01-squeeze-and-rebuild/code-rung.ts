/** A network whose code has a size of its own, as the server hands it to the page. */
export interface CodeRung {
  /** The run's name. */
  run: string;
  /** Names its weights: the page's own network needs not be loaded a second time. */
  weights: string;
  /** Numbers in its code. */
  code: number;
  /** What it takes to load it. */
  bytes: number;
  /** MSE on the validation images, of the network and of PCA with as many components. */
  error: number;
  pca: number;
  /** The digit that pages open on, as the trainer recorded it rebuilt: 784 bytes in base64. */
  first: string;
}
