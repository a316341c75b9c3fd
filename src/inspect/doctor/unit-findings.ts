/** Units that say nothing: dead, saturated, or all alike. */
import type { Change, Finding, Severity } from "./finding.ts";
import type { LayerSnapshot, NetworkSnapshot, WeightSnapshot } from "./snapshot.ts";
import { list, percent, several, short } from "./text.ts";

/** A slope below this share of the steepest counts as gone. */
const FLAT = 0.05;
/** Share of the rows on which a unit has to be flat, on the same side. */
const NEARLY_ALL = 0.98;
/** Share of a layer's units from which on the layer is hampered. */
const HAMPERED = 0.6;
/** A network whose loss is below this share of the constant answer's has learned in spite of what is found. */
const LEARNED = 0.5;

export function unitFindings({ layers, weights, loss, constant }: NetworkSnapshot): Finding[] {
  const learned = constant !== null && loss < LEARNED * constant.value;
  const severityOf = (found: number, all: number): Severity =>
    found === all ? "error" : found >= HAMPERED * all && !learned ? "warning" : "note";
  return [
    ...layers.flatMap((layer) => {
      if (layer.activation === "relu") return dead(layer, severityOf);
      return layer.last ? stuck(layer) : saturated(layer, severityOf);
    }),
    ...weights.flatMap(equal),
  ];
}

/** How often each unit of a layer is active or saturated: what a picture of the network marks. */
export interface UnitUse {
  /** relu: share of the rows on which it is above 0. Others: share on which its slope is not gone. */
  readonly active: number;
  /** Share of the rows on which it is saturated towards its upper bound; 0 for relu. */
  readonly high: number;
}

/**
 * The use of every unit of a layer over the rows of its snapshot.
 * @example
 * const output = { shape: [2, 2] as const, data: Float64Array.of(0, 1, 0, 0) };
 * const layer = { name: "dense_0", label: "a1", activation: "relu", last: false, output, gradient: null, target: null } as const;
 * unitUse(layer).map((unit) => unit.active) // [0, 0.5]
 */
export function unitUse({ activation, output: { shape, data } }: LayerSnapshot): UnitUse[] {
  const [rows, units] = shape;
  return Array.from({ length: units }, (_, u) => {
    let [active, high] = [0, 0];
    for (let r = 0; r < rows; r++) {
      const a = data[r * units + u]!;
      const isActive = activation === "relu" ? a > 0 : !isFlat(activation, a);
      if (isActive) active++;
      else if (activation !== "relu" && a > 0.5) high++;
    }
    return { active: active / rows, high: high / rows };
  });
}

/** Slopes: tanh 1 − a², sigmoid and softmax a·(1 − a), at most 1 and 1/4. */
const isFlat = (activation: LayerSnapshot["activation"], a: number): boolean =>
  activation === "tanh" ? 1 - a * a < FLAT : a * (1 - a) < FLAT / 4;

type Judge = (found: number, all: number) => Severity;

function dead(layer: LayerSnapshot, severityOf: Judge): Finding[] {
  const [rows, all] = layer.output.shape;
  const units = indices(unitUse(layer), ({ active }) => active === 0);
  if (units.length === 0) return [];
  const shown = list(units);
  const whole = units.length === all;
  return [
    {
      kind: "dead-units",
      severity: severityOf(units.length, all),
      where: { layer: layer.name, value: layer.label, units },
      evidence: { dead: units.length, units: all, rows },
      message: {
        en: `${layer.name}: ${several(units, "unit")} ${shown.en} ${units.length === 1 ? "is" : "are"} 0 on all ${rows} rows${whole ? ": nothing passes this layer and nothing before it can learn" : `, so no gradient reaches ${units.length === 1 ? "its" : "their"} weights`}.`,
        zh: `${layer.name}：单元 ${shown.zh}在全部 ${rows} 行上输出都是 0${whole ? "，没有信息能通过这一层，前面的层无法学习" : "，梯度到不了它们的权重"}。`,
      },
      cure: {
        en: "Use leakyRelu or elu there, start from heNormal, or lower the learning rate: one step too long can push a unit below 0 for good.",
        zh: "此处改用 leakyRelu 或 elu，用 heNormal 初始化，或降低学习率：一步迈得太大，就可能把单元永远推到 0 以下。",
      },
      change: { option: "activation", layer: layer.name, value: "leakyRelu" },
    },
  ];
}

function saturated(layer: LayerSnapshot, severityOf: Judge): Finding[] {
  const [rows, all] = layer.output.shape;
  const use = unitUse(layer);
  const units = indices(use, ({ active, high }) => high >= NEARLY_ALL || 1 - active - high >= NEARLY_ALL);
  if (units.length === 0 || layer.activation === "softmax") return [];
  const share = use.reduce((sum, { active }) => sum + 1 - active, 0) / all;
  const shown = list(units);
  return [
    {
      kind: "saturated-units",
      severity: severityOf(units.length, all),
      where: { layer: layer.name, value: layer.label, units },
      evidence: { saturated: units.length, units: all, rows, share },
      message: {
        en: `${layer.name}: ${several(units, "unit")} ${shown.en} of ${layer.activation} ${units.length === 1 ? "sits" : "sit"} at the same end of the range on at least ${percent(NEARLY_ALL)} of the rows; in the whole layer ${percent(share)} of the activations are saturated. Their slope is gone.`,
        zh: `${layer.name}：${layer.activation} 单元 ${shown.zh}在至少 ${percent(NEARLY_ALL)} 的行上停在值域的同一端；整层有 ${percent(share)} 的激活值饱和，斜率几乎为零。`,
      },
      cure: {
        en: "Scale the inputs, start from smaller weights (glorotUniform), lower the learning rate, or use relu.",
        zh: "缩放输入，用更小的初始权重（glorotUniform），降低学习率，或改用 relu。",
      },
      change: { option: "kernelInitializer", layer: layer.name, value: "glorotUniform" },
    },
  ];
}

/** Answers that are wrong and whose gradient has gone: squared error behind a sigmoid or softmax does that. */
function stuck(layer: LayerSnapshot): Finding[] {
  const { output, target, gradient } = layer;
  if (target === null || gradient === null) return [];
  const [rows, units] = output.shape;
  const stuckRows = new Set<number>();
  const stuckUnits = new Set<number>();
  for (let i = 0; i < output.data.length; i++) {
    const error = Math.abs(output.data[i]! - target.data[i]!);
    const vanished = Math.abs(gradient.data[i]!) * rows < FLAT * error;
    if (error <= 0.5 || !vanished || !isFlat(layer.activation, output.data[i]!)) continue;
    stuckRows.add(Math.floor(i / units));
    stuckUnits.add(i % units);
  }
  const share = stuckRows.size / rows;
  if (share < FLAT) return [];
  const where = [...stuckRows];
  return [
    {
      kind: "saturated-units",
      severity: share > 0.2 ? "error" : "warning",
      where: { layer: layer.name, value: layer.label, units: [...stuckUnits], rows: where },
      evidence: { saturated: stuckUnits.size, units, rows, share },
      message: {
        en: `${layer.name}: on ${percent(share)} of the rows (${list(where).en}) the ${layer.activation} is wrong and saturated: its gradient is nearly 0, so it stays wrong.`,
        zh: `${layer.name}：在 ${percent(share)} 的行上（${list(where).zh.trimEnd()}），${layer.activation} 的输出既错误又饱和：梯度几乎为 0，错误无法改正。`,
      },
      cure: {
        en: "Use the cross-entropy that goes with this activation: its gradient is p − y and does not vanish.",
        zh: "改用与该激活配套的交叉熵：它的梯度是 p − y，不会消失。",
      },
      change: {
        option: "loss",
        value: layer.activation === "softmax" ? "categoricalCrossentropy" : "binaryCrossentropy",
      },
    },
  ];
}

/** All columns of a matrix equal, and their updates too: the units will stay copies of one another. */
function equal({ label, layer, value, update }: WeightSnapshot): Finding[] {
  const [rows, units] = value.shape;
  if (rows < 2 || units < 2 || !sameColumns(value) || !sameColumns(update)) return [];
  return [
    {
      kind: "equal-units",
      severity: "error",
      where: { layer, value: label, units: Array.from({ length: units }, (_, u) => u) },
      evidence: { units, weight: value.data[0]! },
      message: {
        en: `${layer}: all ${units} units have the same weights (${label}, first ${short(value.data[0]!)}) and get the same updates: they count as one.`,
        zh: `${layer}：全部 ${units} 个单元的权重相同（${label}，第一个为 ${short(value.data[0]!)}），更新也相同：它们只抵得上一个单元。`,
      },
      cure: {
        en: "Start from random weights, e.g. kernelInitializer glorotUniform or heNormal.",
        zh: "用随机的初始权重，例如 kernelInitializer 取 glorotUniform 或 heNormal。",
      },
      change: { option: "kernelInitializer", layer, value: "glorotUniform" } satisfies Change,
    },
  ];
}

function sameColumns({ shape: [rows, cols], data }: WeightSnapshot["value"]): boolean {
  for (let r = 0; r < rows; r++)
    for (let c = 1; c < cols; c++) if (data[r * cols + c] !== data[r * cols]) return false;
  return true;
}

const indices = <T>(items: readonly T[], holds: (item: T) => boolean): number[] =>
  items.flatMap((item, i) => (holds(item) ? [i] : []));
