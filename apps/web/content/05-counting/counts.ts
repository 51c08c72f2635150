import { type AutoencoderSpec, layerSizes } from "@autoencoder/model";

/** What the playground changes of the network. */
export interface NetworkSize {
  filters: readonly [number, number];
  kernel: number;
  latent: number;
  input: number;
}

/** The assignment's own. */
export const assigned: NetworkSize = { filters: [32, 64], kernel: 3, latent: 64, input: 28 };

/** The assignment's network in another size; layers and their order stay. @param spec the network as assigned */
export function sizedSpec(
  { encoder, decoder }: AutoencoderSpec,
  { filters: [first, second], kernel, latent, input }: NetworkSize,
): AutoencoderSpec {
  const small = input / 4;
  const filters: Record<string, number> = { conv2d: first, conv2d_1: second, conv2d_2: second, conv2d_3: first };
  const resized = ({ name, layers }: AutoencoderSpec["encoder"]): AutoencoderSpec["encoder"] => ({
    name,
    layers: layers.map((layer) => {
      if (layer.className === "Conv2D") {
        return { ...layer, filters: filters[layer.name] ?? layer.filters, kernelSize: [kernel, kernel] };
      }
      if (layer.name === "encoder_input" && layer.className === "InputLayer") {
        return { ...layer, shape: [input, input, 1] };
      }
      if (layer.className === "Dense") {
        return { ...layer, units: layer.name === "dense" ? small * small * second : latent };
      }
      if (layer.name === "decoder_input" && layer.className === "InputLayer") return { ...layer, shape: [latent] };
      if (layer.className === "Reshape") return { ...layer, targetShape: [small, small, second] };
      return layer;
    }),
  });
  return { encoder: resized(encoder), decoder: resized(decoder) };
}

export interface Counts {
  parameters: number;
  work: number;
  /** Of these, in Dense layers. */
  denseParameters: number;
  denseWork: number;
}

/** Parameters and multiply-adds of both parts. */
export function countsOf({ encoder, decoder }: AutoencoderSpec): Counts {
  const counts = { parameters: 0, work: 0, denseParameters: 0, denseWork: 0 };
  for (const { layer, parameters, multiplyAdds } of [...layerSizes(encoder), ...layerSizes(decoder)]) {
    counts.parameters += parameters;
    counts.work += multiplyAdds;
    if (layer.className === "Dense") {
      counts.denseParameters += parameters;
      counts.denseWork += multiplyAdds;
    }
  }
  return counts;
}
