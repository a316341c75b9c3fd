/**
 * Small networks as circles and lines: one line for each weight, its width by magnitude, its colour and dash by sign.
 *
 * Layers of more units than `maxUnits` show the first ones, an ellipsis and the last one. Meant for networks a
 * person can look at, up to some hundred weights; for larger ones `heatMap` shows the matrices.
 */
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { type MatrixLike, matrix, type Tensor } from "../tensor/tensor.ts";
import { legendRows, type PictureOptions, picture, titleText } from "./frame.ts";
import { shortNumber } from "./heat-map.ts";
import { element, fitText, textAt } from "./svg.ts";
import { type Colors, themeColors } from "./theme.ts";
import { notFiniteNote } from "./words.ts";

/** One layer of circles. */
export interface DiagramLayer {
  readonly size: number;
  /** Shown under the layer, e.g. `"hidden · tanh"`. */
  readonly name?: string;
  /** Written in or beside the units. */
  readonly unitLabels?: readonly string[];
}

/** Options of `networkDiagram`. */
export interface NetworkDiagramOptions extends PictureOptions {
  readonly layers: readonly DiagramLayer[];
  /** Kernels [units of layer l, units of layer l + 1]. */
  readonly weights: readonly MatrixLike[];
  /** Biases of layers 1, 2, …; shown in the units. */
  readonly biases?: readonly ArrayLike<number>[];
  /** Most circles drawn of a layer, at least 3; default 12. */
  readonly maxUnits?: number;
  /** Write weights and biases as numbers; default: if there are at most 24 weights. */
  readonly numbers?: boolean;
}

const RADIUS = 20;

function check(options: NetworkDiagramOptions): Tensor<ArrayLike<number>>[] {
  const { layers, weights, biases, maxUnits = 12 } = options;
  if (layers.length < 2 || layers.some((l) => !Number.isInteger(l.size) || l.size < 1))
    throw new UsageError(
      `networkDiagram: expected at least two layers of one unit or more, received sizes [${layers.map((l) => l.size)}].`,
    );
  if (!Number.isInteger(maxUnits) || maxUnits < 3)
    throw new UsageError(`networkDiagram: maxUnits must be an integer ≥ 3, received ${maxUnits}.`);
  if (weights.length !== layers.length - 1)
    throw new ShapeError(
      `networkDiagram: ${layers.length} layers need ${layers.length - 1} kernels, received ${weights.length}.`,
    );
  const kernels = weights.map(matrix);
  for (const [l, { shape }] of kernels.entries()) {
    const [from, to] = [layers[l]?.size, layers[l + 1]?.size];
    if (shape[0] !== from || shape[1] !== to)
      throw new ShapeError(
        `networkDiagram: kernel ${l} must be [${from}, ${to}] (inputs, units), received [${shape}]. Transpose it if it is [units, inputs].`,
      );
    const bias = biases?.[l];
    if (bias !== undefined && bias.length !== to)
      throw new ShapeError(`networkDiagram: bias ${l} must have ${to} values, received ${bias.length}.`);
  }
  return kernels;
}

/** Units of a layer that are drawn, `undefined` for the ellipsis. */
function shownUnits(size: number, most: number): (number | undefined)[] {
  const all = Array.from({ length: size }, (_, i) => i);
  return size <= most ? all : [...all.slice(0, most - 2), undefined, size - 1];
}

/**
 * Draws the network.
 * @throws {ShapeError} if kernels or biases do not fit the layers; {UsageError} for bad sizes.
 * @example
 * const svg = networkDiagram({ layers: [{ size: 2 }, { size: 1 }], weights: [[[1.5], [-2]]], biases: [[0.5]] });
 * svg.startsWith("<svg") // true
 */
export function networkDiagram(options: NetworkDiagramOptions): string {
  const { layers, biases, width = 640, maxUnits = 12, language = "en" } = options;
  const kernels = check(options);
  const colors = themeColors(options.theme ?? "auto");
  const shown = layers.map((layer) => shownUnits(layer.size, maxUnits));
  const tallest = Math.max(...shown.map((units) => units.length));
  const named = layers.some((layer) => layer.name !== undefined);
  const top = (options.title === undefined ? 12 : 40) + 28;
  let [largest, missing, count] = [0, 0, 0];
  for (const { data } of kernels)
    for (let i = 0; i < data.length; i++, count++) {
      if (Number.isFinite(data[i])) largest = Math.max(largest, Math.abs(data[i] as number));
      else missing++;
    }
  const numbers = options.numbers ?? count <= 24;
  const height = options.height ?? Math.max(150, top + tallest * (numbers ? 74 : 52) + (named ? 30 : 8) + 14);
  const space = height - top - (named ? 44 : 22);
  const at = (l: number, position: number): [number, number] => [
    70 + (l * (width - 140)) / (layers.length - 1),
    top + (space * (position + 0.5 + (tallest - (shown[l] ?? []).length) / 2)) / tallest,
  ];

  const lines: string[] = [];
  const texts: string[] = [];
  for (const [l, { data, shape }] of kernels.entries())
    for (const [i, from] of (shown[l] ?? []).entries())
      for (const [j, to] of (shown[l + 1] ?? []).entries()) {
        if (from === undefined || to === undefined) continue;
        const weight = data[from * shape[1] + to] as number;
        const [[x1, y1], [x2, y2]] = [at(l, i), at(l + 1, j)];
        lines.push(edge(x1, y1, x2, y2, weight, largest, colors));
        if (!numbers) continue;
        // Near the unit the line leaves, where lines to different units are furthest from meeting others.
        const t = 0.3 + 0.12 * (j % 3);
        texts.push(
          textAt(x1 + (x2 - x1) * t, y1 + (y2 - y1) * t + 4, shortNumber(weight), {
            "text-anchor": "middle",
            "font-size": 11,
            "paint-order": "stroke",
            stroke: colors.paper,
            "stroke-width": 4,
          }),
        );
      }
  for (const [l, layer] of layers.entries()) {
    for (const [i, unit] of (shown[l] ?? []).entries()) {
      const [x, y] = at(l, i);
      if (unit === undefined) {
        texts.push(textAt(x, y + 6, "⋮", { "text-anchor": "middle", "font-size": 20, fill: colors.soft }));
        continue;
      }
      texts.push(
        element("circle", {
          cx: x,
          cy: y,
          r: RADIUS,
          fill: colors.paper,
          stroke: colors.axis,
          "stroke-width": 1.5,
        }),
      );
      const bias = l === 0 ? undefined : biases?.[l - 1]?.[unit];
      const label = layer.unitLabels?.[unit];
      const inside = label ?? (numbers && bias !== undefined ? shortNumber(bias) : "");
      if (inside !== "")
        texts.push(
          textAt(x, y + 4, fitText(inside, 11, 2 * RADIUS + 2), { "text-anchor": "middle", "font-size": 11 }),
        );
      if (label !== undefined && numbers && bias !== undefined)
        texts.push(
          textAt(x, y + RADIUS + 13, `b ${shortNumber(bias)}`, {
            "text-anchor": "middle",
            "font-size": 10.5,
            fill: colors.soft,
          }),
        );
    }
    if (layer.name !== undefined)
      texts.push(
        textAt(at(l, 0)[0], height - 16, layer.name, { "text-anchor": "middle", fill: colors.soft }),
      );
  }
  const zh = language === "zh";
  const sample = (weight: number) => edge(-11, 0, 11, 0, weight, 1, colors);
  const legend = legendRows(
    [
      { name: zh ? "正权重" : "positive weight", sample: sample(0.6) },
      { name: zh ? "负权重" : "negative weight", sample: sample(-0.6) },
      ...(numbers && biases !== undefined
        ? [
            {
              name: zh ? "圆内或 b：偏置" : "in a unit, or b: bias",
              sample: element("circle", { r: 6, fill: "none", stroke: colors.axis }),
            },
          ]
        : []),
      ...(missing > 0 ? [{ name: notFiniteNote(missing, language), sample: sample(Number.NaN) }] : []),
    ],
    16,
    top - 28,
    width - 32,
    colors,
  );
  return picture(width, height, options, titleText(options.title, width), legend.svg, ...lines, ...texts);
}

function edge(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  weight: number,
  largest: number,
  colors: Colors,
): string {
  const finite = Number.isFinite(weight);
  const share = !finite || largest === 0 ? 0 : Math.abs(weight) / largest;
  return element("line", {
    x1,
    y1,
    x2,
    y2,
    stroke: !finite ? colors.axis : weight < 0 ? colors.negative : colors.positive,
    "stroke-width": 0.6 + 4.4 * share,
    "stroke-opacity": 0.35 + 0.5 * share,
    "stroke-dasharray": !finite ? "1 4" : weight < 0 ? "7 4" : undefined,
  });
}
