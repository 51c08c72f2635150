export { type CodeBar, type CodeBarsLayout, codeBarAt, codeBars, codeBarsPath, greatestSize } from "./code-bars.ts";
export { CodeChart, signed } from "./code-chart.tsx";
export { type DigitError, digitError, signedDifference } from "./digit-error.ts";
export { createInk, type Ink, inkSegment, inkStrokes, type PadPoint, padPixels, type Stroke } from "./ink.ts";
export { LossCurve, type LossCurveProps } from "./loss-curve.tsx";
export { type LossLevel, type LossPoint, type LossScale, lossCurve } from "./loss-curve-geometry.ts";
export {
  betweenPlacements,
  type InkExtent,
  inkExtent,
  livePlacement,
  mnistPlacement,
  normalizeInk,
  type Placement,
  placeInk,
} from "./normalize.ts";
export { PixelPicture, type PixelPictureProps } from "./pixel-picture.tsx";
export { greyPixels, signedColours, signedPixels, toRgba } from "./pixels.ts";
export { encodePng, type Pixels8, pngAddress } from "./png.ts";
export { SignedLegend } from "./signed-legend.tsx";
export { type Strip, type StripBlock, stripOf } from "./strip.ts";
