"use client";
import { useEffect, useState } from "react";
import { askServer } from "../../src/shared/ask-server.ts";

interface Neighbour {
  index: number;
  label: number;
  distance: number;
  pixels: string;
}

/** The test digits whose codes are nearest to a code, nearest first; the last answer stays until the next has come. */
export function useNeighbours(run: string, latent: Float32Array) {
  const [found, setFound] = useState<Neighbour[]>([]);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let wanted = true;
    // While a digit is drawn or a slider dragged the code changes with every frame; the server is asked when it rests.
    const timer = setTimeout(async () => {
      try {
        const code = Array.from(latent, (value) => Number(value.toFixed(5)));
        const answer = await askServer<Neighbour[]>("runs.neighbours", { name: run, latent: code });
        if (!wanted) return;
        setFound(answer);
        setProblem(undefined);
      } catch (error) {
        if (wanted) setProblem((error as Error).message);
      }
    }, 250);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [run, latent]);
  return { found, problem };
}
