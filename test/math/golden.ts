/** Reads test/golden/math.json and measures true errors in ulp. */
import { readFileSync } from "node:fs";
import { type ElementaryName, elementary } from "../../src/math/functions.ts";
import { numberKit } from "../../src/math/number-kit.ts";
import type { DType } from "../../src/tensor/tensor.ts";

type Golden = Record<ElementaryName, Record<DType, { x: string; y: string; r: string }>>;

function decode(text: string, dtype: DType): Float64Array | Float32Array {
  const bytes = new Uint8Array(Buffer.from(text, "base64"));
  return dtype === "float64" ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer);
}

/** Distance of the two numbers around a finite y: 2^(exponent − 52), or − 23. */
function ulp(y: number, dtype: DType): number {
  const lowest = dtype === "float64" ? 2 ** -1074 : 2 ** -149;
  const bits = dtype === "float64" ? 52 : 23;
  let exponent = Math.floor(Math.log2(Math.abs(y)));
  // log2 may round up to the next power of two; a quotient tells exactly.
  if (exponent > -1022 && Math.abs(y) / 2 ** exponent < 1) exponent -= 1;
  return exponent - bits < -1074 ? lowest : Math.max(2 ** (exponent - bits), lowest);
}

/** The largest error in ulp and the x where it is; Infinity for a wrong NaN, infinity or sign of zero. */
export function largestError(name: ElementaryName, dtype: DType, file: string) {
  const entry = (JSON.parse(readFileSync(file, "utf8")) as Golden)[name][dtype];
  const xs = decode(entry.x, dtype);
  const ys = decode(entry.y, dtype);
  const residuals = new Int8Array(new Uint8Array(Buffer.from(entry.r, "base64")).buffer);
  const kit = numberKit(dtype);
  let worst = 0;
  let at = Number.NaN;
  let inexact = 0;
  for (const [i, x] of xs.entries()) {
    const y = ys[i]!;
    const got = elementary[name](kit, x);
    if (!Object.is(got, y)) inexact += 1;
    // got − y is exact: both are near each other, or one of them is infinite.
    const error =
      Number.isFinite(got) && Number.isFinite(y)
        ? Math.abs((got - y) / ulp(y, dtype) - residuals[i]! / 254)
        : Object.is(got, y)
          ? 0
          : Number.POSITIVE_INFINITY;
    if (!(error <= worst)) {
      worst = error;
      at = x;
    }
  }
  return { worst, at, count: xs.length, inexact: inexact / xs.length };
}
