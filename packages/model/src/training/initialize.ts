import { layerSizes } from "../network/parameters.ts";
import { sizeOf } from "../network/shapes.ts";
import type { AutoencoderSpec } from "../network/spec.ts";
import type { NamedWeights } from "../run/weight-files.ts";

/** How fresh weights are made. */
export interface Initialization {
  /** Uniform in [0, 1); a seeded generator makes the weights repeatable on every engine. */
  random: () => number;
  /** Where the bias of the decoder's last layer starts; every other bias starts at 0. */
  outputBias: number;
}

/**
 * Fresh weights of encoder and decoder, in layer order: kernels Glorot uniform, as Keras's defaults are, that is uniform
 * in ±√(6 / (fan in + fan out)); biases 0. Source: Glorot & Bengio, AISTATS 2010, equation 16.
 */
export function freshWeights(spec: AutoencoderSpec, { random, outputBias }: Initialization): NamedWeights {
  const layers = [...layerSizes(spec.encoder), ...layerSizes(spec.decoder)];
  const last = layers.at(-1)?.layer.name;
  return layers.flatMap(({ layer, weights }) =>
    weights.map(({ name, shape }) => {
      const data = new Float32Array(sizeOf(shape));
      if (name === "kernel") {
        const window = sizeOf(shape.slice(0, -2)); // 1 for a Dense layer
        const limit = Math.sqrt(6 / (window * ((shape.at(-2) as number) + (shape.at(-1) as number))));
        for (let index = 0; index < data.length; index++) data[index] = (random() * 2 - 1) * limit;
      } else if (layer.name === last) {
        data.fill(outputBias);
      }
      return { name: `${layer.name}/${name}`, shape, data };
    }),
  );
}

/** logit(p) = ln(p / (1 − p)): the pre-activation at which a sigmoid gives `p`; as far from 0 and 1 as Keras keeps chances. */
export function logit(p: number): number {
  const kept = Math.min(Math.max(p, 1e-7), 1 - 1e-7);
  return Math.log(kept / (1 - kept));
}
