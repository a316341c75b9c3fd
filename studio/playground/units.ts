/** What single units do: their maps as levels, and which of them do nothing. Pure functions. */
import { unitUse } from "papergrad/inspect";
import { largest, levelOf } from "../draw/levels.ts";
import type { Activations } from "../train/protocol.ts";

/** A unit that learns nothing now. */
export interface IdleUnit {
  /** 1 is the first layer after the inputs. */
  readonly layer: number;
  readonly index: number;
  /** "dead": 0 on every row; "saturated": at the same end of its activation on nearly every row. */
  readonly why: "dead" | "saturated";
}

/** The middle and the reach of the colours of a layer's maps. */
function scaleOf(values: ArrayLike<number>, activation: string): readonly [middle: number, reach: number] {
  if (activation === "sigmoid" || activation === "softmax") return [0.5, 0.5];
  if (activation === "tanh") return [0, 1];
  return [0, largest(values)];
}

/** Levels of all units of a layer, unit after unit. Shapes: values [cells, units]. */
export function unitLevels(values: ArrayLike<number>, units: number, activation: string): Uint8Array {
  const [middle, reach] = scaleOf(values, activation);
  const cells = values.length / units;
  const out = new Uint8Array(values.length);
  for (let u = 0; u < units; u++)
    for (let i = 0; i < cells; i++) out[u * cells + i] = levelOf(values[i * units + u]! - middle, reach);
  return out;
}

/** Share of the rows on which a unit sits at the same end of its range before it is marked. */
const NEARLY_ALL = 0.98;

/** Hidden units that are 0, or at the same end of their range, on nearly every row; as the doctor measures them. */
export function idleUnits(
  { rows, layers }: Activations,
  units: readonly number[],
  activations: readonly string[],
): IdleUnit[] {
  return layers.slice(0, -1).flatMap((data, l) => {
    const activation = activations[l]!;
    if (activation !== "relu" && activation !== "tanh" && activation !== "sigmoid") return [];
    const output = { shape: [rows, units[l]!] as const, data: Float64Array.from(data) };
    const rest = { name: "", label: "", last: false, gradient: null, target: null };
    return unitUse({ ...rest, activation, output }).flatMap(({ active, high }, index): IdleUnit[] => {
      if (activation === "relu") return active === 0 ? [{ layer: l + 1, index, why: "dead" }] : [];
      const idle = high >= NEARLY_ALL || 1 - active - high >= NEARLY_ALL;
      return idle ? [{ layer: l + 1, index, why: "saturated" }] : [];
    });
  });
}
