"use client";
import type { MapInputs, MapLayer } from "@autoencoder/model";
import { greatestSize, LazyFold, PixelPicture, SignedLegend, signedPixels, WeightSheetFigure } from "@autoencoder/ui";
import { useMemo } from "react";
import type { ModelClient } from "../../network/index.ts";
import { sentenceOf } from "../../shared/result.ts";
import { useAsk } from "../../shared/use-ask.ts";
import legend from "../layers/legend.module.css";
import styles from "./weight-pictures.module.css";

/** All weights of one map as pictures: a kernel for each input channel, on one signed scale. */
export function MapKernels({ inputs, name }: { inputs: MapInputs; name: string }) {
  const kernels = useMemo(() => [...inputs.inputs].sort((a, b) => a.channel - b.channel), [inputs]);
  const range = Math.max(...kernels.map(({ kernel }) => greatestSize(kernel.values)));
  return (
    <LazyFold data-part="kernels" summary={`All ${kernels.length} kernels of ${name}`}>
      <div className={styles.kernels}>
        {kernels.map(({ channel, kernel }) => (
          <PixelPicture
            key={channel}
            pixels={signedPixels(kernel.values, kernel.width, range)}
            label={`kernel for input ${channel}`}
          />
        ))}
      </div>
      <SignedLegend range={range} className={legend.legend} />
    </LazyFold>
  );
}

/** All weights of a layer, fetched from the worker when they are looked at. */
export function LayerWeights({ client, layer, from }: { client: ModelClient; layer: MapLayer; from: MapLayer }) {
  const ask = useMemo(() => () => client.weights(layer.name), [client, layer]);
  const { value, result, fresh } = useAsk(ask);
  const problem = sentenceOf(result);
  if (problem) return <p role="alert">{problem}</p>;
  return value && fresh ? <WeightSheetFigure layer={layer} from={from} kernel={value.kernel} /> : <p>Loading …</p>;
}
