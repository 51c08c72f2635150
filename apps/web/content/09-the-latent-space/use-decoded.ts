"use client";
import { useEffect, useState } from "react";
import type { ModelClient } from "../../src/network/index.ts";

/** What the decoder paints of a code; the last picture stays until the next has come. */
export function useDecoded(client: ModelClient, live: boolean, latent: Float32Array, first: Float32Array) {
  const [picture, setPicture] = useState(first);
  useEffect(() => {
    if (!live) return;
    let wanted = true;
    client.decode(latent).then((outcome) => {
      if (wanted && outcome.ok) setPicture(outcome.value.reconstruction);
    });
    return () => {
      wanted = false;
    };
  }, [client, live, latent]);
  return picture;
}
