/** A training step as JSON: whole matrices as arrays of rows; numbers that are not finite become null. */
import type { Explained } from "./explain.ts";

/** Writes the document. */
export function explainJson({ values, title, ...step }: Explained): string {
  const document = {
    ...step,
    values: values.map(({ id, label, stage, shape, formula, from, data }) => ({
      id,
      label,
      stage,
      shape,
      formula,
      from,
      data: rowsOf(data, shape),
    })),
  };
  return `${JSON.stringify(document)}\n`;
}

const rowsOf = (data: Float64Array, [rows, cols]: readonly [number, number]): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));
