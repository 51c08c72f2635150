/**
 * Seeded random numbers: sfc32 (Chris Doty-Humphrey, PractRand), its state filled by splitmix32. Both use 32-bit integer
 * arithmetic alone, so the same seed gives the same numbers on every machine.
 */
export interface Random {
  /** Uniform in [0, 1), a multiple of 2⁻³². */
  next(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform among 0 … n − 1. */
  int(n: number): number;
}

/** A generator for a seed; other `streams` of the same seed are independent of it. */
export function createRandom(seed: number, ...streams: number[]): Random {
  const fill = splitmix32(streams.reduce((mixed, stream) => splitmix32(mixed ^ splitmix32(stream)())(), seed >>> 0));
  const next = sfc32([fill(), fill(), fill(), 1]);
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  const uniform = () => next() / 2 ** 32;
  return {
    next: uniform,
    // Box–Muller; 1 − u lies in (0, 1], where the logarithm is finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    int: (n) => Math.floor(uniform() * n),
  };
}

/** 32-bit words from a counter. */
export function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
}

/** 32-bit words from three words of state and a counter. */
export function sfc32([a, b, c, counter]: [number, number, number, number]): () => number {
  return () => {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + word) | 0;
    return word >>> 0;
  };
}
