/**
 * A learning rate that is too high or too low, told from the losses so far, from how far the step moves the weights,
 * and from the loss after shorter and longer steps.
 */
import type { Words } from "../../tensor/words.ts";
import type { Finding } from "./finding.ts";
import type { NetworkSnapshot, Trial } from "./snapshot.ts";
import { rounded, short } from "./text.ts";

/** Losses it takes to speak of a course. */
const COURSE = 8;
/** A step that moves a matrix by more than this share of its size is long, by less than that next to none. */
const LONG = 0.1;
const USUAL = 0.01;
const SHORT = 1e-4;
/** A step so short that float32 rounds it away. */
const LOST = 1e-7;

/** @param unscaled what was found about the inputs: they are to be scaled before a rate is blamed. */
export function rateFindings(snapshot: NetworkSnapshot, unscaled: Finding | undefined): Finding[] {
  if (snapshot.notFinite !== null || !Number.isFinite(snapshot.loss)) return [];
  const found = tooHigh(snapshot) ?? tooLow(snapshot);
  if (found === null) return [];
  if (unscaled?.change === undefined || found.kind === "learning-rate-low") return [found];
  const { en, zh } = found.cure;
  return [
    {
      ...found,
      severity: "warning",
      cure: {
        en: `Scale the inputs first. If that is not enough: ${en[0]!.toLowerCase()}${en.slice(1)}`,
        zh: `先缩放输入。若仍不够：${zh}`,
      },
      change: unscaled.change,
    },
  ];
}

/** Largest share that the step moves a matrix by; of matrices that are more than a start at 0. */
const updateRatio = ({ weights }: NetworkSnapshot): number =>
  Math.max(0, ...kernels(weights).map((w) => w.updateNorm / w.norm));

const kernels = (weights: NetworkSnapshot["weights"]) =>
  weights.filter((w) => w.value.shape[0] > 1 && w.norm > 0);

/** Whether there is a slope to go down, so that a still loss is the rate's fault. */
const hasGradient = ({ weights }: NetworkSnapshot): boolean =>
  kernels(weights).some((w) => !(w.gradientNorm <= 1e-4 * w.norm));

const lossAt = (trials: readonly Trial[], factor: number): number =>
  trials.find((t) => t.factor === factor)?.loss ?? Number.NaN;

const best = (trials: readonly Trial[]): Trial | null =>
  trials.reduce<Trial | null>((a, b) => (a !== null && !(b.loss < a.loss) ? a : b), null);

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

type Course = "rising" | "oscillating" | "burst";

/** A course that speaks of too long steps, at a level that is not success. */
function course({ losses, constant }: NetworkSnapshot): Course | null {
  if (losses.length < COURSE) return null;
  const half = losses.slice(losses.length >> 1);
  const level = mean(half);
  const chance = constant?.value ?? 0;
  const recent = mean(losses.slice(-Math.ceil(losses.length / 4)));
  if (recent > 1.5 * Math.min(...losses) && recent > 0.6 * chance) return "rising";
  const steps = half.slice(1).map((v, i) => v - half[i]!);
  const turns = steps.slice(1).filter((d, i) => d * steps[i]! < 0).length;
  const jump = mean(steps.map(Math.abs));
  if (turns > 0.5 * (steps.length - 1) && jump > 0.25 * level && level > 0.3 * chance) return "oscillating";
  const flat = Math.max(...half) - Math.min(...half) < 0.3 * level;
  const top = Math.max(...losses);
  const lost = recent > 1.2 * chance || (flat && recent > 0.6 * chance);
  return chance > 0 && top > 3 * chance && recent < 0.5 * top && lost ? "burst" : null;
}

/** What was seen, to begin the message with. */
function seen(how: Course | null, { losses, loss }: NetworkSnapshot, after: number): Words {
  const [low, now] = [short(Math.min(...losses)), short(losses.at(-1)!)];
  switch (how) {
    case "rising":
      return {
        en: `The loss rises (lowest ${low}, now ${now})`,
        zh: `损失在上升（最低 ${low}，现在 ${now}）`,
      };
    case "oscillating": {
      const level = short(mean(losses.slice(losses.length >> 1)));
      return { en: `The loss jumps to and fro around ${level}`, zh: `损失在 ${level} 附近来回跳动` };
    }
    case "burst": {
      const top = short(Math.max(...losses));
      return {
        en: `The first steps threw the loss up to ${top}, and it has stayed at ${now} since`,
        zh: `最初几步把损失抛到 ${top}，此后一直停在 ${now}`,
      };
    }
    case null:
      return {
        en: `The next step would raise the loss from ${short(loss)} to ${short(after)}`,
        zh: `下一步会使损失从 ${short(loss)} 升到 ${short(after)}`,
      };
  }
}

function tooHigh(snapshot: NetworkSnapshot): Finding | null {
  const { loss, trials, learningRate, constant } = snapshot;
  const ratio = updateRatio(snapshot);
  const after = lossAt(trials, 1);
  const how = course(snapshot);
  const bad = 0.3 * (constant?.value ?? 0);
  const overshoots = after > 1.1 * loss && after > bad && ratio > LONG;
  if (how === null && !overshoots) return null;
  const better = best(trials);
  const helps = better !== null && better.factor < 1 && better.loss < 0.99 * loss;
  const factor = helps ? better.factor : 0.1;
  const value = learningRate === null ? null : rounded(learningRate * factor);
  const start = seen(how, snapshot, after);
  const given = learningRate === null ? "" : ` ${short(learningRate)}`;
  const long = ratio > LONG / 10;
  return {
    kind: "learning-rate-high",
    severity: after > 2 * loss || how === "rising" ? "error" : "warning",
    where: { step: snapshot.step + 1 },
    evidence: {
      loss,
      lossAfter: after,
      updateRatio: ratio,
      ...(learningRate !== null && { learningRate }),
      ...(better !== null && { bestFactor: better.factor, bestLoss: better.loss }),
    },
    message: {
      en: `${start.en}: the learning rate${given} is too high.${long ? ` A step moves a weight matrix by up to ${short(ratio)} of its size; about 0.001 to 0.01 is usual.` : ""}`,
      zh: `${start.zh}：学习率${given}${given && " "}太大。${long ? `一步最多使权重矩阵改变其大小的 ${short(ratio)} 倍，通常约为 0.001 到 0.01。` : ""}`,
    },
    cure: setTo(value, factor),
    ...(value !== null && { change: { option: "learningRate", value } as const }),
  };
}

function tooLow(snapshot: NetworkSnapshot): Finding | null {
  const { loss, trials, learningRate, constant, losses } = snapshot;
  const ratio = updateRatio(snapshot);
  if (ratio > SHORT || !hasGradient(snapshot)) return null;
  const longer = trials.filter((t) => t.factor >= 10 && t.factor * ratio <= USUAL && t.loss < loss).at(-1);
  const lost = ratio < LOST;
  if (longer === undefined && !lost) return null;
  const factor = longer?.factor ?? 1 / USUAL;
  const unlearned = constant === null || loss > 0.5 * constant.value;
  const still = losses.length < COURSE || losses.at(-1)! > 0.9 * losses[0]!;
  if (!unlearned || !still || (!lost && trials.every((t) => t.loss > 0.999 * loss))) return null;
  const value = learningRate === null ? null : rounded(learningRate * factor);
  const given = learningRate === null ? "" : ` ${short(learningRate)}`;
  return {
    kind: "learning-rate-low",
    severity: "warning",
    where: { step: snapshot.step + 1 },
    evidence: {
      loss,
      updateRatio: ratio,
      ...(longer !== undefined && { bestFactor: longer.factor, bestLoss: longer.loss }),
      ...(learningRate !== null && { learningRate }),
    },
    message: {
      en: `A step moves no weight matrix by more than ${short(ratio)} of its size (about 0.001 to 0.01 is usual), and the loss, ${short(loss)}, hardly falls: the learning rate${given} is too low.`,
      zh: `一步最多使权重矩阵改变其大小的 ${short(ratio)} 倍（通常约为 0.001 到 0.01），损失 ${short(loss)} 几乎不降：学习率${given}${given && " "}太小。`,
    },
    cure: setTo(value, factor),
    ...(value !== null && { change: { option: "learningRate", value } as const }),
  };
}

/** The rate to take, or by how much to change one that is not known. */
const setTo = (value: number | null, factor: number): Words =>
  value === null
    ? { en: `Multiply it by ${short(factor)}.`, zh: `把它乘以 ${short(factor)}。` }
    : { en: `Set it to ${short(value)}.`, zh: `把它设为 ${short(value)}。` };
