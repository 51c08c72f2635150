"use client";
import type { MapInputs } from "@autoencoder/model";
import { greatestSize, PixelPicture, SignedLegend, signedPixels } from "@autoencoder/ui";
import { useMemo } from "react";
import { Fold } from "./parts.tsx";
import styles from "./viewer.module.css";

/** All weights of one map as pictures: a kernel for each input channel, on one signed scale. */
export function KernelSheet({ apart, name }: { apart: MapInputs; name: string }) {
  const kernels = useMemo(() => [...apart.inputs].sort((a, b) => a.channel - b.channel), [apart]);
  const range = Math.max(...kernels.map(({ kernel }) => greatestSize(kernel.values)));
  return (
    <Fold part="kernels" summary={`All ${kernels.length} kernels of ${name}`}>
      <div className={styles.kernels}>
        {kernels.map(({ channel, kernel }) => (
          <PixelPicture
            key={channel}
            pixels={signedPixels(kernel.values, kernel.width, range)}
            label={`kernel for input ${channel}`}
          />
        ))}
      </div>
      <SignedLegend range={range} className={styles.legend} />
    </Fold>
  );
}
