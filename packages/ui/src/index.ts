export { codeBarsPath, greatestSize } from "./charts/code-bars.ts";
export { type ChartLabel, LineChart } from "./charts/line-chart.tsx";
export { pageLook } from "./charts/page-look.ts";
export { PulledCode } from "./charts/pulled-code.tsx";
export { linearScale, linePath, logScale, logTicks, ticksAt } from "./charts/scales.ts";
export { LayerCard } from "./explain/layer-card.tsx";
export { LossCurve } from "./explain/loss-curve.tsx";
export { groupName, isVector, mapName, placeText } from "./explain/names.ts";
export { PositionGrid } from "./explain/position-grid.tsx";
export { ProductGrids } from "./explain/product-grids.tsx";
export { Rounded } from "./explain/rounded.tsx";
export { LiveMaps, SumsHistogram } from "./explain/sums-histogram.tsx";
export { CopyFigure, PoolFigure } from "./explain/value-figures.tsx";
export { WaterfallTable } from "./explain/waterfall-table.tsx";
export { exponential, fixed, integer, percent, printedLoss, printedPsnr, printedSum, signed } from "./format.ts";
export { codeIcon } from "./pixels/code-icon.ts";
export { codePreview } from "./pixels/code-preview.ts";
export { sheetOf, sheetPixels } from "./pixels/contact-sheet.ts";
export { ContactSheetFigure } from "./pixels/contact-sheet-figure.tsx";
export { digitError, signedDifference } from "./pixels/digit-error.ts";
export { createInk, type Ink, inkSegment, inkStrokes, type PadPoint, padPixels, type Stroke } from "./pixels/ink.ts";
export { MapPicture, MarkedPicture } from "./pixels/map-picture.tsx";
export { layerScale, mapPixels, mapScale, mapScales, scaledPixels, stripScales } from "./pixels/map-scale.ts";
export {
  betweenPlacements,
  inkExtent,
  livePlacement,
  mnistPlacement,
  type Placement,
  placeInk,
} from "./pixels/normalize.ts";
export { PixelPicture } from "./pixels/pixel-picture.tsx";
export { greyPixels, signedPixels } from "./pixels/pixels.ts";
export { encodePng, type Pixels8 } from "./pixels/png.ts";
export { SignedLegend } from "./pixels/signed-legend.tsx";
export { type Strip, stageName, stripOf, stripPixels, uprightOf } from "./pixels/strip.ts";
export { StripCaption, StripFigure } from "./pixels/strip-figure.tsx";
export { thumbnail } from "./pixels/thumbnail.ts";
export { CodeTile, Tile, TileName, Tiles } from "./pixels/tiles.tsx";
export { WeightSheetFigure } from "./pixels/weight-sheet-figure.tsx";
export { Button } from "./primitives/button.tsx";
export { CopyButton } from "./primitives/copy-button.tsx";
export { Fold } from "./primitives/fold.tsx";
export { LazyFold } from "./primitives/lazy-fold.tsx";
export { NamedButton } from "./primitives/named-button.tsx";
export { Slider } from "./primitives/slider.tsx";
export { Scroll, Table } from "./primitives/table.tsx";
export { Toggle } from "./primitives/toggle.tsx";
