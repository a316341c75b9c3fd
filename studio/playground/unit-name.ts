/** What units and layers are called. */
import { FEATURES, type FeatureName } from "../data/features.ts";
import { t } from "../language.ts";
import type { About } from "../train/protocol.ts";

/** A unit by its layer (0: the features) and number (from 0). */
export function unitName(
  about: About,
  features: readonly FeatureName[],
  layer: number,
  index: number,
): string {
  if (layer === 0) return FEATURES[features[index]!].symbol;
  if (layer < about.units.length)
    return t({ en: `layer ${layer}, unit ${index + 1}`, zh: `第 ${layer} 层第 ${index + 1} 单元` });
  if (about.units.at(-1) === 1) return t({ en: "output", zh: "输出单元" });
  const label = about.labels[index] ?? index;
  return t({ en: `output of class ${label}`, zh: `类别 ${label} 的输出` });
}

/** The letter of a unit in a formula: x₁, a¹₃ (layer above, unit below). */
export function unitSymbol(features: readonly FeatureName[], layer: number, index: number): string {
  if (layer === 0) return FEATURES[features[index]!].symbol;
  return `a${raised(layer)}${lowered(index + 1)}`;
}

const digits = (n: number, from: string): string => [...String(n)].map((d) => from[Number(d)]!).join("");
const raised = (n: number): string => digits(n, "⁰¹²³⁴⁵⁶⁷⁸⁹");
const lowered = (n: number): string => digits(n, "₀₁₂₃₄₅₆₇₈₉");
