/** The pictures of one run: points, cost and accuracy, boundaries, films, weights. Words in both languages. */
import {
  boundary,
  boundaryRaster,
  gif,
  histogram,
  type LabelledPoints,
  lineChart,
  type ProbabilityGrid,
  type Raster,
  scatter,
} from "papergrad/plot";
import { pause } from "../shared/pause.ts";
import type { Text } from "../types.ts";
import { type Grid, onGrid, type PointSet } from "./data.ts";
import type { FilmFrame, Trained } from "./train.ts";

type Language = "en" | "zh";
type Bilingual = { readonly en: string; readonly zh: string };

const CLASSES: Readonly<Record<Language, readonly string[]>> = {
  en: ["upper moon (0)", "lower moon (1)"],
  zh: ["上方月牙（0）", "下方月牙（1）"],
};

/** The same picture once in each language. */
const inBoth = (draw: (language: Language) => string): Bilingual => ({ en: draw("en"), zh: draw("zh") });

const labelled = ({ X, Y }: PointSet, language: Language): LabelledPoints => ({
  points: Array.from(Y, (_, i) => [X[2 * i]!, X[2 * i + 1]!] as const),
  labels: Y,
  classNames: CLASSES[language],
});

const AXES = { xLabel: "x₁", yLabel: "x₂" };

export const pointsFigure = (train: PointSet): Bilingual =>
  inBoth((language) =>
    scatter({
      title: language === "en" ? "900 training points" : "900 个训练点",
      ...AXES,
      ...labelled(train, language),
      size: 3,
      language,
    }),
  );

export function costFigure({ losses, accuracies }: Pick<Trained, "losses" | "accuracies">): Bilingual {
  // Every 10th step is more than the picture has columns.
  const points = (values: Float64Array) =>
    Array.from({ length: Math.ceil(values.length / 10) }, (_, i) => [10 * i, values[10 * i]!] as const);
  const names = {
    en: {
      title: "Cost and training accuracy",
      cost: "cost",
      accuracy: "training accuracy",
      step: "iteration",
    },
    zh: { title: "代价与训练准确率", cost: "代价", accuracy: "训练准确率", step: "迭代次数" },
  };
  return inBoth((language) =>
    lineChart({
      title: names[language].title,
      xLabel: names[language].step,
      series: [
        { name: names[language].cost, points: points(losses) },
        { name: names[language].accuracy, points: points(accuracies) },
      ],
      yDomain: [0, 1],
      language,
    }),
  );
}

export const boundaryFigure = (title: Text, grid: Grid, P: ArrayLike<number>, test: PointSet): Bilingual =>
  inBoth((language) =>
    boundary({
      title: title[language],
      ...AXES,
      grid: onGrid(grid, P),
      data: labelled(test, language),
      language,
    }),
  );

export function weightsFigure(
  start: readonly ArrayLike<number>[],
  end: readonly ArrayLike<number>[],
): Bilingual {
  const all = (arrays: readonly ArrayLike<number>[]) =>
    Float64Array.from(arrays.flatMap((a) => Array.from(a)));
  const names = {
    en: {
      title: "All 5,226 weights and biases",
      start: "at the start",
      end: "after training",
      x: "value",
      y: "count",
    },
    zh: { title: "全部 5226 个权重与偏置", start: "初始", end: "训练之后", x: "数值", y: "个数" },
  };
  return inBoth((language) => {
    const { title, x, y, ...group } = names[language];
    return histogram({
      title,
      xLabel: x,
      yLabel: y,
      bins: 60,
      groups: [
        { name: group.start, values: all(start) },
        { name: group.end, values: all(end) },
      ],
      language,
    });
  });
}

/** A film of the boundary with the test points, 240 × 180 pixels. @throws the reason of the signal. */
export async function film(
  frames: readonly FilmFrame[],
  unit: string,
  grid: Grid,
  test: PointSet,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const data = labelled(test, "en");
  // The rows of a grid that starts lower are left out from below.
  const of = (P: Float64Array): ProbabilityGrid => onGrid(grid, P.subarray(P.length - grid.nx * grid.ny));
  const drawn: Raster[] = [];
  for (const { iteration, P } of frames) {
    const caption = `${unit} ${iteration}`;
    drawn.push(boundaryRaster({ grid: of(P), data, width: 240, height: 180, size: 2, caption }));
    if (drawn.length % 5 === 0) await pause(signal);
  }
  return gif(drawn, { delayMs: 120, holdMs: 2000 });
}
