/** Text as the tutorials' programs print it. */
import type { Point } from "papergrad/plot";

/** A matrix in the manner of NumPy: [[a b]⏎ [c d]]. */
export function matrixText(values: ArrayLike<number>, cols: number, places = 8): string {
  const cells = Array.from(values, (v) => v.toFixed(places));
  const width = Math.max(...cells.map((c) => c.length));
  const rows: string[] = [];
  for (let i = 0; i < cells.length; i += cols)
    rows.push(
      `[${cells
        .slice(i, i + cols)
        .map((c) => c.padStart(width))
        .join(" ")}]`,
    );
  return `[${rows.join("\n ")}]`;
}

/** "epoch: 500 loss: 0.6931" for the first, every `every`-th and the last block; "…" where lines are left out. */
export function lossLines(blocks: readonly Point[], every = 1): string {
  const lines: string[] = [];
  let left = false;
  for (const [i, [step, loss]] of blocks.entries()) {
    if (i === 0 || i === blocks.length - 1 || (i + 1) % every === 0) {
      if (left) lines.push("…");
      lines.push(`epoch: ${step} loss: ${loss.toFixed(4)}`);
      left = false;
    } else left = true;
  }
  return lines.join("\n");
}
