export { type CodeBar, type CodeBarsLayout, codeBarAt, codeBars, codeBarsPath, greatestSize } from "./code-bars.ts";
export { CodeChart } from "./code-chart.tsx";
export { codeIcon } from "./code-icon.ts";
export { type ContactSheet, placeOnSheet, sheetOf, sheetPixels } from "./contact-sheet.ts";
export { ContactSheetFigure } from "./contact-sheet-figure.tsx";
export { type DigitError, digitError, signedDifference } from "./digit-error.ts";
export { createInk, type Ink, inkSegment, inkStrokes, type PadPoint, padPixels, type Stroke } from "./ink.ts";
export { LayerCard } from "./layer-card.tsx";
export { kerasCode, shapeRule, tfjsCode } from "./layer-words.ts";
export { LossCurve, type LossCurveProps } from "./loss-curve.tsx";
export { type LossLevel, type LossPoint, type LossScale, lossCurve } from "./loss-curve-geometry.ts";
export { MapPicture } from "./map-picture.tsx";
export { layerScale, type MapScale, mapScale, mapScales, scaledPixels, stripScales } from "./map-scale.ts";
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
export { counted, fixed, roundingLeft, signed } from "./numbers.ts";
export { PixelPicture, type PixelPictureProps } from "./pixel-picture.tsx";
export { greyPixels, signedColours, signedPixels, toRgba } from "./pixels.ts";
export { encodePng, type Pixels8, pngAddress } from "./png.ts";
export { PositionGrid } from "./position-grid.tsx";
export { ProductGrids } from "./product-grids.tsx";
export { SignedLegend } from "./signed-legend.tsx";
export { layerMark, type Strip, type StripBlock, stripOf, stripPixels } from "./strip.ts";
export { StripFigure } from "./strip-figure.tsx";
export { type Thumbnail, thumbnail } from "./thumbnail.ts";
export { CopyFigure, PoolFigure } from "./value-figures.tsx";
export { type Waterfall, type WaterfallStep, waterfallOf } from "./waterfall.ts";
export { groupName, WaterfallTable } from "./waterfall-table.tsx";
export { type WeightPlace, type WeightSheet, weightSheet } from "./weight-sheet.ts";
export { WeightSheetFigure } from "./weight-sheet-figure.tsx";
