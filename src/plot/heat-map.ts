/**
 * Matrices as coloured cells, and the confusion matrix.
 *
 * Diverging colours are centred at 0 whatever the data are; sequential ones start at 0. Matrices of more than 4096
 * cells become one embedded PNG with a pixel for each cell. Cells that are not finite are grey and counted in a note.
 */
import { ShapeError } from "../tensor/errors.ts";
import { type MatrixLike, matrix } from "../tensor/tensor.ts";
import { decimalExponent } from "./axis.ts";
import { blankRaster, paint } from "./boundary-raster.ts";
import { diverging, hex, inkOn, MISSING, type Rgb, sequential } from "./color-scale.ts";
import { png, pngDataUri } from "./data-uri.ts";
import { type PictureOptions, picture, titleText } from "./frame.ts";
import { element, escapeXml, fitText, num, textAt, textWidth } from "./svg.ts";
import { themeColors } from "./theme.ts";
import { emptyNote, notFiniteNote } from "./words.ts";

/** Options of `heatMap`. */
export interface HeatMapOptions extends Omit<PictureOptions, "width" | "height"> {
  /** Rows × columns. */
  readonly values: MatrixLike;
  readonly rowLabels?: readonly string[];
  readonly columnLabels?: readonly string[];
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Default `diverging`, centred at 0. */
  readonly palette?: "diverging" | "sequential";
  /** Value of the strongest colour; default: the largest magnitude. */
  readonly limit?: number;
  /** Write numbers into the cells: `true`, or a function giving one or two lines of text. Only up to 4096 cells. */
  readonly numbers?: boolean | ((value: number, row: number, column: number) => string | readonly string[]);
  /** Pixels of a cell; default by the size of the matrix. */
  readonly cellSize?: number;
}

/** A number in few characters: three significant digits. @example shortNumber(-0.012345) // "−0.0123" */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const e = decimalExponent(value);
  const text =
    e < -3 || e > 4
      ? value.toExponential(1).replace("e+", "e")
      : Number.isInteger(value)
        ? String(value)
        : value.toFixed(Math.max(0, 2 - e));
  return text.replace(/-/g, "−");
}

/**
 * Draws a matrix.
 * @throws {ShapeError} if the labels do not fit the matrix.
 * @example heatMap({ title: "W1", values: [[0.5, -1], [0, 2]], numbers: true }).startsWith("<svg") // true
 */
export function heatMap(options: HeatMapOptions): string {
  const { shape, data } = matrix(options.values);
  const [rows, cols] = shape;
  const { palette = "diverging", language = "en", numbers = false, rowLabels, columnLabels } = options;
  for (const [name, labels, size] of [
    ["rowLabels", rowLabels, rows],
    ["columnLabels", columnLabels, cols],
  ] as const)
    if (labels !== undefined && labels.length !== size)
      throw new ShapeError(
        `heatMap: ${name} has ${labels.length} entries, the matrix is [${shape}]. Give ${size}, or leave ${name} out.`,
      );
  const colors = themeColors(options.theme ?? "auto");
  const many = rows * cols > 4096;
  const cell =
    options.cellSize ??
    (many ? Math.max(1, 560 / Math.max(rows, cols)) : cellFor(rows, cols, numbers !== false));
  let [missing, largest] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (!Number.isFinite(value)) missing++;
    else largest = Math.max(largest, Math.abs(value));
  }
  const limit = options.limit ?? largest;
  const colorOf = (value: number): Rgb =>
    !Number.isFinite(value)
      ? MISSING
      : palette === "diverging"
        ? diverging(limit === 0 ? 0 : value / limit)
        : sequential(limit === 0 ? 0 : value / limit);

  const head = (options.title === undefined ? 12 : 40) + (options.xLabel === undefined ? 0 : 18);
  const top = head + (columnLabels === undefined ? 0 : 18);
  const left =
    16 +
    (options.yLabel === undefined ? 0 : 20) +
    (rowLabels === undefined ? 0 : Math.min(160, Math.max(0, ...rowLabels.map((l) => textWidth(l, 12)))) + 8);
  const [gridWidth, gridHeight] = [cols * cell, rows * cell];
  const barLabels = palette === "diverging" ? [limit, 0, -limit] : [limit, limit / 2, 0];
  const width = Math.max(
    left + gridWidth + 34 + Math.max(...barLabels.map((v) => textWidth(shortNumber(v), 11))) + 16,
    options.title === undefined ? 0 : Math.min(640, textWidth(options.title, 15.5) + 32),
  );
  const foot = missing > 0 ? 34 : 16;
  const height = top + Math.max(gridHeight, 60) + foot;

  const parts: string[] = [titleText(options.title, width)];
  if (rows * cols === 0) parts.push(textAt(left, top + 20, emptyNote(language), { fill: colors.soft }));
  else if (many) parts.push(rasterCells(rows, cols, cell, left, top, (i) => colorOf(data[i] as number)));
  else {
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < cols; c++) {
        const value = data[r * cols + c] as number;
        const color = colorOf(value);
        const [x, y] = [left + c * cell, top + r * cell];
        const gap = cell >= 12 ? 1 : 0;
        parts.push(element("rect", { x, y, width: cell - gap, height: cell - gap, fill: hex(color) }));
        if (numbers === false) continue;
        const text = numbers === true ? shortNumber(value) : numbers(value, r, c);
        parts.push(
          cellText(typeof text === "string" ? [text] : text, x + cell / 2, y + cell / 2, cell, inkOn(color)),
        );
      }
  }
  const every = Math.max(1, Math.ceil(14 / cell));
  for (const [i, label] of (rowLabels ?? []).entries())
    if (i % every === 0)
      parts.push(
        textAt(left - 7, top + (i + 0.5) * cell + 4, fitText(label, 12, 160), {
          "text-anchor": "end",
          fill: colors.soft,
        }),
      );
  const columnEvery = Math.max(
    1,
    Math.ceil(Math.max(0, ...(columnLabels ?? []).map((l) => textWidth(l, 12) + 4)) / cell),
  );
  for (const [i, label] of (columnLabels ?? []).entries())
    if (i % columnEvery === 0)
      parts.push(
        textAt(left + (i + 0.5) * cell, top - 7, label, { "text-anchor": "middle", fill: colors.soft }),
      );
  if (options.xLabel !== undefined)
    parts.push(textAt(left + gridWidth / 2, head - 5, options.xLabel, { "text-anchor": "middle" }));
  if (options.yLabel !== undefined)
    parts.push(
      element(
        "text",
        { transform: `translate(22 ${num(top + gridHeight / 2)}) rotate(-90)`, "text-anchor": "middle" },
        escapeXml(options.yLabel),
      ),
    );
  parts.push(
    colorBar(
      left + gridWidth + 12,
      top,
      Math.max(60, Math.min(gridHeight, 240)),
      barLabels,
      colorOf,
      colors.soft,
    ),
  );
  if (missing > 0)
    parts.push(
      textAt(16, height - 12, notFiniteNote(missing, language), { "font-size": 11, fill: colors.soft }),
    );
  return picture(width, height, options, ...parts);
}

const cellFor = (rows: number, cols: number, numbers: boolean): number =>
  numbers ? 52 : Math.max(5, Math.min(32, Math.floor(520 / Math.max(rows, cols, 1))));

function rasterCells(
  rows: number,
  cols: number,
  cell: number,
  left: number,
  top: number,
  colorAt: (i: number) => Rgb,
): string {
  const raster = blankRaster(cols, rows, [0, 0, 0]);
  for (let i = 0; i < rows * cols; i++) paint(raster, i, colorAt(i));
  return element("image", {
    x: left,
    y: top,
    width: cols * cell,
    height: rows * cell,
    preserveAspectRatio: "none",
    style: "image-rendering:pixelated",
    href: pngDataUri(png(raster)),
  });
}

function cellText(lines: readonly string[], x: number, y: number, cell: number, ink: string): string {
  const widest = Math.max(0, ...lines.map((line) => textWidth(line, 1)));
  const size = Math.max(5, Math.min(13, (cell - 8) / Math.max(widest, 1)));
  return lines
    .map((line, i) =>
      textAt(x, y + size * 0.36 + (i - (lines.length - 1) / 2) * size * 1.2, line, {
        "text-anchor": "middle",
        "font-size": i === 0 ? size : size * 0.85,
        fill: ink,
        "fill-opacity": i === 0 ? undefined : 0.85,
      }),
    )
    .join("");
}

/** A bar of the colours from the first label (top) to the last (bottom). */
function colorBar(
  x: number,
  y: number,
  height: number,
  labels: readonly number[],
  colorOf: (value: number) => Rgb,
  soft: string,
): string {
  const steps = 32;
  const [high, low] = [labels[0] as number, labels.at(-1) as number];
  const parts: string[] = [];
  for (let i = 0; i < steps; i++)
    parts.push(
      element("rect", {
        x,
        y: y + (i * height) / steps,
        width: 10,
        height: height / steps + 0.5,
        fill: hex(colorOf(high + ((i + 0.5) / steps) * (low - high))),
      }),
    );
  for (const [i, label] of labels.entries())
    parts.push(
      textAt(x + 15, y + (i / (labels.length - 1)) * (height - 8) + 8, shortNumber(label), {
        "font-size": 11,
        fill: soft,
      }),
    );
  return parts.join("");
}

/** Options of `confusionMatrix`. */
export interface ConfusionMatrixOptions extends Omit<PictureOptions, "width" | "height"> {
  /** counts[true class][predicted class]. */
  readonly counts: MatrixLike;
  readonly classNames?: readonly string[];
}

/**
 * Confusion matrix: each cell has its count and its share of the row (of the true class) in percent.
 * @throws {ShapeError} if the matrix is not square.
 * @example confusionMatrix({ counts: [[48, 2], [1, 49]], classNames: ["cat", "dog"] }).startsWith("<svg") // true
 */
export function confusionMatrix(options: ConfusionMatrixOptions): string {
  const { shape, data } = matrix(options.counts);
  const [rows, cols] = shape;
  if (rows !== cols)
    throw new ShapeError(
      `confusionMatrix: counts must be square, received [${shape}]. Rows are true classes, columns predicted ones.`,
    );
  const zh = options.language === "zh";
  const share = Float64Array.from({ length: rows * cols }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < cols; c++) sum += data[Math.floor(i / cols) * cols + c] as number;
    return sum === 0 ? 0 : ((data[i] as number) / sum) * 100;
  });
  const names = options.classNames ?? Array.from({ length: rows }, (_, i) => String(i));
  return heatMap({
    ...options,
    values: { shape, data: share },
    palette: "sequential",
    limit: 100,
    rowLabels: names,
    columnLabels: names,
    xLabel: zh ? "预测类别" : "predicted",
    yLabel: zh ? "真实类别" : "true",
    cellSize: 52,
    numbers: (percent, r, c) => [String(data[r * cols + c]), `${percent.toFixed(1)}%`],
  });
}
