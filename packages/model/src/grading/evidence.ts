/** What a run is graded on: plain values, gathered by whoever can (a server reads files, a page computes). */
export interface Evidence {
  architecture: Architecture;
  /** What is wrong with a file, by path. A path that is not here is listed in run.json, there and unaltered. */
  problems: Readonly<Record<string, string>>;
  history: readonly EpochLosses[];
  /** The recipe's loss, by Keras's short name. */
  loss: "mse" | "bce";
  /** The least value that this loss can have on the pictures trained on and on those validated on (`leastLoss`). */
  leastLoss: { training: number; validation: number };
  baselines: {
    /** Numbers in the code, and so components of PCA. */
    components: number;
    /** MSE of PCA on the validation images; on the test images it is computed when asked for. */
    pcaValidation: number;
    pcaTest: number | undefined;
    /** Validation MSE of a black picture. */
    black: number;
  };
  /** What `loss_curve.svg` draws; undefined where it cannot be read. */
  plot: PlotEvidence | undefined;
  /** Computed from the weights; undefined until then. */
  composition: Composition | undefined;
  validation: Measured | undefined;
  test: (Measured & { classes: readonly ClassError[] }) | undefined;
  found: Found | undefined;
  picture: PictureEvidence | undefined;
  /** Why nothing can be computed from the weights here, where that is so. */
  blocked: string | undefined;
}

export interface EpochLosses {
  /** From 1. */
  epoch: number;
  /** null where it was not finite. */
  loss: number | null;
  valLoss: number | null;
}

/** What a network is, beside what was assigned. */
export interface Architecture {
  /** Shapes of one example: what goes in, the code, what comes out. */
  input: readonly number[];
  code: readonly number[];
  output: readonly number[];
  /** Where the layers differ from the assigned ones, a sentence each; names and initializers do not count. */
  differences: readonly string[];
  /** Parameters counted from the tensors; undefined where the weights cannot be read. */
  inTensors: ParameterCounts | undefined;
  /** Parameters that the summaries on the site print. */
  inSummaries: ParameterCounts;
  /** Parameters of the assigned network. */
  assigned: ParameterCounts;
}

export interface ParameterCounts {
  encoder: number;
  decoder: number;
  /** By layer, those with parameters, in order. */
  layers: readonly number[];
}

/** A mean over some of the pictures of a set. */
export interface Estimate {
  mean: number;
  /** Half the 95 % interval; 0 once all pictures are in. */
  half: number;
  count: number;
  /** Pictures of the whole set; infinite where that is not known. */
  total: number;
}

export interface Measured {
  mse: Estimate;
  /** The recipe's loss on the same pictures. */
  loss: Estimate;
}

export interface ClassError {
  digit: number;
  mse: Estimate;
}

/** The greatest difference between autoencoder(x) and decoder(encoder(x)). */
export interface Composition {
  digits: number;
  greatest: number;
}

/** How many reconstructions are nearest to their own original. */
export interface Found {
  found: number;
  asked: number;
  /** How many are asked about in the end. */
  total: number;
  /** Originals that each is looked for among. */
  among: number;
}

export interface PlotEvidence {
  /** Points of each curve. */
  train: number;
  validation: number;
  xName: string;
  yName: string;
  /** Why the drawn points are not the history's; undefined where they are. */
  disagrees: string | undefined;
}

/** What `reconstructions.png` shows, beside what the weights give. Differences of pixels in [0, 1]. */
export interface PictureEvidence {
  /** Columns, each an original above a reconstruction. */
  digits: number;
  /** Greatest difference of an upper tile from the test digit that it should be. */
  originals: number;
  /** Greatest difference of a lower tile from what the weights give for that digit. */
  reconstructions: number;
  /** Which digits they are, in words. */
  selection: string;
}
