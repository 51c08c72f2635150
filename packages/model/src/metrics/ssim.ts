/** A picture of one channel with pixels in [0, 1], row-major. */
type Pixels = ArrayLike<number>;

// Window and constants of Wang et al., "Image quality assessment: from error visibility to structural similarity" (2004).
const sigma = 1.5;
const radius = 5; // scikit-image cuts the Gaussian off at int(3.5·σ + 0.5)
const span = 2 * radius + 1;
const luminanceGuard = 0.01 ** 2; // (K₁·data range)²
const contrastGuard = 0.03 ** 2; // (K₂·data range)²
/** The window's weights from its middle outwards: it is symmetric, and all eleven sum to 1. */
const [w0, w1, w2, w3, w4, w5] = gaussianHalf();

/**
 * Mean structural similarity of two pictures of `rows` × `columns` pixels, as scikit-image's
 * `structural_similarity(a, b, data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)` gives it:
 * the mean over the pixels whose 11×11 window lies inside the picture (18×18 of 28×28).
 * @throws Error when the pictures are smaller than the window, or do not hold rows × columns pixels.
 */
export function ssim(a: Pixels, b: Pixels, rows: number, columns: number): number {
  if (rows < span || columns < span || a.length !== rows * columns || b.length !== rows * columns) {
    throw new Error(
      `SSIM: expected two pictures of ${rows}×${columns} pixels, at least ${span}×${span}, ` +
        `but got ${a.length} and ${b.length} values`,
    );
  }
  return ssimOf(a, b, scratchFor(rows, columns));
}

function gaussianHalf(): [number, number, number, number, number, number] {
  const half = Array.from({ length: radius + 1 }, (_, distance) => Math.exp(-(distance ** 2) / (2 * sigma ** 2)));
  const sum = half.reduce((total, weight, distance) => total + (distance === 0 ? weight : 2 * weight), 0);
  return half.map((weight) => weight / sum) as [number, number, number, number, number, number];
}

/** Buffers for pictures of one size, kept from picture to picture: 10,000 pictures would else make 80,000 of them. */
interface Scratch {
  rows: number;
  columns: number;
  /** a, b, a² + b² and ab, before the window. [rows, columns] each */
  maps: Quartet;
  /** The same, averaged by the window. [rows − 10, columns − 10] each */
  averages: Quartet;
  /** Averaged along the rows only. [rows, columns − 10] */
  between: Float64Array;
}

type Quartet = [Float64Array, Float64Array, Float64Array, Float64Array];

let scratch: Scratch | undefined;

function scratchFor(rows: number, columns: number): Scratch {
  if (scratch?.rows === rows && scratch.columns === columns) return scratch;
  const width = columns - 2 * radius;
  const four = (length: number) => Array.from({ length: 4 }, () => new Float64Array(length)) as Quartet;
  scratch = {
    rows,
    columns,
    maps: four(rows * columns),
    averages: four((rows - 2 * radius) * width),
    between: new Float64Array(rows * width),
  };
  return scratch;
}

function ssimOf(a: Pixels, b: Pixels, buffers: Scratch): number {
  const [first, second, squares, products] = buffers.maps;
  for (let index = 0; index < a.length; index++) {
    const pixelA = a[index] as number;
    const pixelB = b[index] as number;
    first[index] = pixelA;
    second[index] = pixelB;
    squares[index] = pixelA * pixelA + pixelB * pixelB; // the formula needs the two variances only as a sum
    products[index] = pixelA * pixelB;
  }
  for (const [map, values] of buffers.maps.entries()) smooth(values, buffers.averages[map] as Float64Array, buffers);
  return meanSimilarity(buffers.averages);
}

function meanSimilarity([first, second, squares, products]: Quartet): number {
  let sum = 0;
  for (let index = 0; index < first.length; index++) {
    const meanA = first[index] as number;
    const meanB = second[index] as number;
    const meanSquares = meanA * meanA + meanB * meanB;
    const meanProduct = meanA * meanB;
    const above =
      (2 * meanProduct + luminanceGuard) * (2 * ((products[index] as number) - meanProduct) + contrastGuard);
    const below = (meanSquares + luminanceGuard) * ((squares[index] as number) - meanSquares + contrastGuard);
    sum += above / below;
  }
  return sum / first.length;
}

/** The Gaussian window over `map`, where it fits: along the rows, then along the columns. */
function smooth(map: Float64Array, into: Float64Array, { rows, columns, between }: Scratch): void {
  const width = columns - 2 * radius;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      between[row * width + column] = weighted(map, row * columns + column, 1);
    }
  }
  for (let at = 0; at < into.length; at++) into[at] = weighted(between, at, width);
}

/** The window over eleven values from `start` on, `step` apart. Written out, because a loop is slower. */
function weighted(values: Float64Array, start: number, step: number): number {
  const at = start + radius * step;
  return (
    w0 * (values[at] as number) +
    w1 * ((values[at - step] as number) + (values[at + step] as number)) +
    w2 * ((values[at - 2 * step] as number) + (values[at + 2 * step] as number)) +
    w3 * ((values[at - 3 * step] as number) + (values[at + 3 * step] as number)) +
    w4 * ((values[at - 4 * step] as number) + (values[at + 4 * step] as number)) +
    w5 * ((values[at - 5 * step] as number) + (values[at + 5 * step] as number))
  );
}
