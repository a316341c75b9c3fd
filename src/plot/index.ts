/**
 * Pictures and reports: data in, SVG or HTML text or image bytes out.
 *
 * Nothing here reads files, the clock or the DOM; the same input gives the same bytes. Used by the command line's
 * report and by pages that show pictures themselves.
 */
export { type BoundaryOptions, boundary, type ProbabilityGrid } from "./boundary.ts";
export { type BoundaryRasterOptions, boundaryRaster, type Raster } from "./boundary-raster.ts";
export { base64, gifDataUri, grayPng, png, pngDataUri } from "./data-uri.ts";
export { type GifOptions, gif } from "./film.ts";
export { bitmapTextWidth, drawText } from "./font.ts";
export type { PictureOptions } from "./frame.ts";
export { type ConfusionMatrixOptions, confusionMatrix, type HeatMapOptions, heatMap } from "./heat-map.ts";
export { type HistogramGroup, type HistogramOptions, histogram } from "./histogram.ts";
export { htmlReport, type ReportOptions, type ReportSection } from "./html-report.ts";
export { type GridImage, type ImageGridOptions, imageGrid } from "./image-grid.ts";
export { differenceChart, type LineChartOptions, lineChart, type Point, type Series } from "./line-chart.ts";
export { type DiagramLayer, type NetworkDiagramOptions, networkDiagram } from "./network-diagram.ts";
export type {
  Block,
  Cell,
  DetailsBlock,
  FigureBlock,
  FormulaBlock,
  LinksBlock,
  NoteBlock,
  ParagraphBlock,
  PreBlock,
  TableBlock,
} from "./report-blocks.ts";
export type { ReportLanguage, Text } from "./report-text.ts";
export { type LabelledPoints, type ScatterOptions, scatter } from "./scatter.ts";
export { escapeXml } from "./svg.ts";
export { type Theme, themeColors } from "./theme.ts";
export type { Language, Words } from "./words.ts";
