/** How a batch is split into shards, and how what they give is put together again: the arithmetic that decides a run's bits. */

/** A part of a batch: images `start` to `end − 1`. */
export interface Shard {
  start: number;
  end: number;
}

/** What one shard gives. */
export interface ShardGradient {
  /** Images of the shard. */
  images: number;
  /** Mean loss over its images. */
  loss: number;
  /** ∂loss/∂weights of that mean, flat in layer order. */
  gradient: Float32Array;
}

/**
 * The shards of a batch of `count` images: shard s of S holds the images ⌊s · count / S⌋ to ⌊(s + 1) · count / S⌋ − 1, so
 * that no two differ by more than one image. A batch of fewer images than shards has one shard an image.
 */
export function shardsOf(count: number, shards: number): Shard[] {
  const edge = (shard: number) => Math.floor((shard * count) / shards);
  return Array.from({ length: shards }, (_, shard) => ({ start: edge(shard), end: edge(shard + 1) })).filter(
    ({ start, end }) => end > start,
  );
}

/**
 * Loss and gradient of the whole batch: the shards' means, each weighed by its share of the images, summed in the order of
 * the shards. That order is fixed, whoever computed them and whichever came first, because float32 sums depend on it.
 */
export function joinShards(parts: readonly ShardGradient[]): Omit<ShardGradient, "images"> {
  const images = parts.reduce((sum, part) => sum + part.images, 0);
  const gradient = new Float32Array(parts[0]?.gradient.length ?? 0);
  let loss = 0;
  for (const part of parts) {
    const share = part.images / images;
    loss += share * part.loss;
    const { gradient: values } = part;
    for (let at = 0; at < gradient.length; at++)
      gradient[at] = (gradient[at] as number) + share * (values[at] as number);
  }
  return { loss, gradient };
}

/** As much of a network's spec as says what its layers are. */
interface LayerNames {
  layers: readonly { className: string; name: string }[];
}

/**
 * The layer, if there is one, whose output for an image depends on the other images of its batch: batch normalization takes
 * mean and variance over all of them. In shards it would take them over fewer, and train another network.
 */
export function layerOverBatch({ encoder, decoder }: { encoder: LayerNames; decoder: LayerNames }): string | undefined {
  return [...encoder.layers, ...decoder.layers].find(({ className }) => className === "BatchNormalization")?.name;
}
