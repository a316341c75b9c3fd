/** A histogram as bars around zero: how the weights of a layer are spread. */
import { fitCanvas } from "./canvas.ts";
import type { Palette } from "./palette.ts";

/** Counts of values in bins of equal width from −`reach` to `reach`. */
export interface Bins {
  readonly counts: Float64Array;
  readonly reach: number;
}

/** Sorts values into an odd number of bins around 0. Values that are not finite are left out. */
export function binsOf(values: ArrayLike<number>, bins = 25): Bins {
  let reach = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > reach && size < Infinity) reach = size;
  }
  const counts = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    const at = reach > 0 ? Math.floor(((value + reach) / (2 * reach)) * bins) : (bins - 1) / 2;
    const bin = Math.min(bins - 1, at);
    counts[bin] = counts[bin]! + 1;
  }
  return { counts, reach };
}

/** Draws the bars, negative ones in the negative colour. */
export function drawBars(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  { counts }: Bins,
  colors: Palette,
): void {
  const context = fitCanvas(canvas, width, height);
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  const middle = (counts.length - 1) / 2;
  for (const [i, count] of counts.entries()) {
    const bar = (count / most) * (height - 2);
    context.fillStyle = i < middle ? colors.negative : i > middle ? colors.positive : colors.axis;
    context.fillRect(i * step + 0.5, height - 1 - bar, Math.max(1, step - 1), bar);
  }
  context.fillStyle = colors.axis;
  context.fillRect(0, height - 1, width, 1);
}
