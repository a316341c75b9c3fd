/**
 * The rows that an experiment trains on: points made, drawn or pasted, split by the seed, with their features; or the
 * MNIST digits as bytes.
 *
 * Nothing here trains. What cannot be used is a `Refusal` with one sentence in both languages.
 */
import type { Tensor } from "papergrad";
import { type Mnist, oneHot, trainTestSplit } from "papergrad/data";
import { featureColumns } from "../data/features.ts";
import { Refusal } from "../data/refusal.ts";
import { type PlanePoints, type PlaneRange, SETS } from "../data/sets.ts";
import { coordinateExtents, readTable, scaledPoints } from "../data/table.ts";
import type { Experiment } from "../state/experiment.ts";

/** Rows of numbers, and a class number or value for each. */
export interface Part {
  /** What the network is given. Shape [rows, inputs]; bytes for pictures. */
  readonly x: Tensor<Float64Array | Uint8Array>;
  readonly y: Float64Array;
  /** x₁, x₂ of each row, one after the other; null if the rows are no points of the plane. */
  readonly points: Float64Array | null;
}

/** All rows of an experiment. */
export interface Rows {
  readonly train: Part;
  readonly test: Part | null;
  /** Number of classes; 0 where y holds values. */
  readonly classes: number;
  readonly inputs: number;
  /** What the classes are called, where they have names. */
  readonly labels: readonly string[];
  /** The part of the plane to show; null if the rows are no points of it. */
  readonly range: PlaneRange | null;
}

/**
 * The rows of an experiment. `mnist` is asked for the digits where they are wanted.
 * @throws {Refusal} if the data cannot be used.
 */
export async function rowsOf(experiment: Experiment, mnist: () => Promise<Mnist>): Promise<Rows> {
  if (experiment.data.kind === "mnist") return digitRows(await mnist(), experiment.data.count);
  const { points, labels, range } = planePoints(experiment);
  const { testShare, seed } = experiment.data;
  const whole = { x: { shape: [points.y.length, 2] as const, data: points.x }, y: points.y };
  const testRows = Math.round(points.y.length * testShare);
  const split =
    testRows > 0 ? trainTestSplit(whole, { testSize: testRows, seed }) : { train: whole, test: null };
  const part = ({ x, y }: typeof whole): Part => ({
    x: featureColumns(experiment.features, x.data),
    y,
    points: x.data,
  });
  return {
    train: part(split.train),
    test: split.test && part(split.test),
    classes: points.classes,
    inputs: experiment.features.length,
    labels,
    range,
  };
}

/** Targets as a loss wants them: numbers, or rows with a 1 in the column of the class. */
export const targetsOf = (part: Part, oneHotClasses: number): Float64Array | Tensor<Float64Array> =>
  oneHotClasses > 0 ? oneHot(part.y, oneHotClasses) : part.y;

interface Plane {
  readonly points: PlanePoints;
  readonly labels: readonly string[];
  readonly range: PlaneRange;
}

function planePoints({ data }: Experiment): Plane {
  if (data.kind === "csv") return pasted(data.csv, data.scale);
  if (data.kind === "drawn") return drawn(data);
  const set = SETS[data.kind]!;
  const points = set.make({ samples: data.count, noise: data.noise, seed: data.seed });
  return { points, labels: [], range: set.range };
}

function pasted(csv: string, scale: boolean): Plane {
  const { points, problem } = readTable(csv);
  if (problem) throw new Refusal(problem);
  const shown = scale ? scaledPoints(points) : points;
  return { points: shown, labels: points.labels, range: rangeOf(shown.x) };
}

/** The plane on which points are drawn by hand: a square around the origin, wider where points lie outside. */
export function drawingRange(points: Experiment["data"]["points"]): PlaneRange {
  const range: [number, number, number, number] = [-1.2, 1.2, -1.2, 1.2];
  for (const [x1, x2] of points) {
    range[0] = Math.min(range[0], x1);
    range[1] = Math.max(range[1], x1);
    range[2] = Math.min(range[2], x2);
    range[3] = Math.max(range[3], x2);
  }
  return range;
}

function drawn({ points, drawn: kind }: Experiment["data"]): Plane {
  if (points.length < 2)
    throw new Refusal({
      en: `Drawn points: expected at least 2, received ${points.length}. Click into the plane to add some.`,
      zh: `手绘数据至少需要 2 个点，现有 ${points.length} 个。请在平面上点击添加。`,
    });
  const y = Float64Array.from(points, (p) => p[2]);
  const odd = y.findIndex((v) => kind === "classes" && !(Number.isInteger(v) && v >= 0 && v < 10));
  if (odd >= 0)
    throw new Refusal({
      en: `Drawn points: expected classes 0 to 9, received ${y[odd]} for point ${odd + 1}. Erase it, or switch to values.`,
      zh: `手绘数据的类别应为 0 到 9，但第 ${odd + 1} 个点是 ${y[odd]}。请擦去它，或改为“数值”。`,
    });
  return {
    points: {
      x: Float64Array.from(points.flatMap((p) => [p[0], p[1]])),
      y,
      classes: kind === "classes" ? Math.max(2, ...y.map((v) => v + 1)) : 0,
    },
    labels: [],
    range: drawingRange(points),
  };
}

/** The rectangle around points, a tenth wider on each side. */
function rangeOf(x: Float64Array): PlaneRange {
  const [a, b] = coordinateExtents(x).map(([low, high]): [number, number] => {
    const margin = (high - low || 1) / 10;
    return [low - margin, high + margin];
  });
  return [...a!, ...b!];
}

function digitRows({ train, test }: Mnist, count: number): Rows {
  const rows = Math.min(count, train.labels.length);
  const width = train.images.shape[1];
  const part = (images: Tensor<Uint8Array>, labels: Uint8Array): Part => ({
    x: images,
    y: Float64Array.from(labels),
    points: null,
  });
  const first = { shape: [rows, width] as const, data: train.images.data.subarray(0, rows * width) };
  return {
    train: part(first, train.labels.subarray(0, rows)),
    test: part(test.images, test.labels),
    classes: 10,
    inputs: width,
    labels: [...Array(10).keys()].map(String),
    range: null,
  };
}
