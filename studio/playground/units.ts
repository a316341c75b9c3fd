/** What single units do: their maps as levels, and which of them do nothing. Pure functions. */
import { largest, levelOf } from "../draw/levels.ts";
import type { Activations } from "../train/protocol.ts";

/** A unit that learns nothing now. */
export interface IdleUnit {
  /** 1 is the first layer after the inputs. */
  readonly layer: number;
  readonly index: number;
  /** "dead": the same answer to every row; "saturated": nearly always at an end of its activation. */
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

/** Ends of an activation, where its slope is nearly 0. */
const ENDS: Readonly<Record<string, readonly [number, number]>> = { tanh: [-1, 1], sigmoid: [0, 1] };
const NEAR = 0.02;
const MOSTLY = 0.95;

/** Hidden units that answer every row alike, or nearly always with an end of their activation. */
export function idleUnits(
  { rows, layers }: Activations,
  units: readonly number[],
  activations: readonly string[],
): IdleUnit[] {
  const found: IdleUnit[] = [];
  for (const [l, values] of layers.slice(0, -1).entries())
    for (let u = 0; u < units[l]!; u++) {
      const [low, high] = ENDS[activations[l]!] ?? [Number.NaN, Number.NaN];
      let [least, most, atEnd] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
      for (let r = 0; r < rows; r++) {
        const a = values[r * units[l]! + u]!;
        least = Math.min(least, a);
        most = Math.max(most, a);
        if (Math.abs(a - low) < NEAR || Math.abs(a - high) < NEAR) atEnd++;
      }
      const place = { layer: l + 1, index: u };
      if (rows > 1 && most - least < 1e-6) found.push({ ...place, why: "dead" });
      else if (atEnd > MOSTLY * rows) found.push({ ...place, why: "saturated" });
    }
  return found;
}
