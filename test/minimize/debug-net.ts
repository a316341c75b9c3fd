/** The 3-5-3 sigmoid network of seed 002's gradient check (weight decay 1, five samples), as plain loops. */
import type { SplitObjective } from "../../src/minimize/index.ts";

const [IN, HID, OUT, ROWS, DECAY] = [3, 5, 3, 5, 1];
const sines = (n: number) => Float64Array.from({ length: n }, (_, i) => Math.sin(i + 1) / 10);
const X = sines(ROWS * IN);
const LABELS = [2, 3, 1, 2, 3]; // 3 names no column
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** Theta1 (5,4) then Theta2 (3,6), row by row, each filled with sin(1)/10, sin(2)/10, … */
export const debugStart = Float64Array.of(...sines(HID * (IN + 1)), ...sines(OUT * (HID + 1)));

const theta1 = (j: number, i: number) => j * (IN + 1) + i;
const theta2 = (k: number, j: number) => HID * (IN + 1) + k * (HID + 1) + j;

function forward(v: Float64Array, r: number): { a: number[]; h: number[] } {
  const a = Array.from({ length: HID }, (_, j) => {
    let z = v[theta1(j, 0)]!;
    for (let i = 0; i < IN; i++) z += X[r * IN + i]! * v[theta1(j, i + 1)]!;
    return sigmoid(z);
  });
  const h = Array.from({ length: OUT }, (_, k) => {
    let z = v[theta2(k, 0)]!;
    for (let j = 0; j < HID; j++) z += a[j]! * v[theta2(k, j + 1)]!;
    return sigmoid(z);
  });
  return { a, h };
}

const target = (r: number, k: number) => (LABELS[r] === k ? 1 : 0);
const isBias = (index: number) =>
  (index < theta2(0, 0) ? index % (IN + 1) : (index - theta2(0, 0)) % (HID + 1)) === 0;

export const net: SplitObjective = {
  value(v) {
    let fit = 0;
    for (let r = 0; r < ROWS; r++) {
      const { h } = forward(v, r);
      for (let k = 0; k < OUT; k++)
        fit += target(r, k) * Math.log(h[k]!) + (1 - target(r, k)) * Math.log(1 - h[k]!);
    }
    let decay = 0;
    for (let i = 0; i < v.length; i++) if (!isBias(i)) decay += v[i]! ** 2;
    return -(fit - (DECAY * decay) / 2) / ROWS;
  },
  gradient(v) {
    const g = new Float64Array(v.length);
    for (let r = 0; r < ROWS; r++) {
      const { a, h } = forward(v, r);
      const d3 = h.map((p, k) => p - target(r, k));
      for (let k = 0; k < OUT; k++) {
        g[theta2(k, 0)]! += d3[k]!;
        for (let j = 0; j < HID; j++) g[theta2(k, j + 1)]! += d3[k]! * a[j]!;
      }
      for (let j = 0; j < HID; j++) {
        let back = 0;
        for (let k = 0; k < OUT; k++) back += d3[k]! * v[theta2(k, j + 1)]!;
        const d2 = back * a[j]! * (1 - a[j]!);
        g[theta1(j, 0)]! += d2;
        for (let i = 0; i < IN; i++) g[theta1(j, i + 1)]! += d2 * X[r * IN + i]!;
      }
    }
    return g.map((d, i) => (d + (isBias(i) ? 0 : DECAY * v[i]!)) / ROWS);
  },
};

/** As published: the bias columns are zeroed, in the vector it was given, before the forward pass. */
export const netPublished: SplitObjective = {
  value: net.value,
  gradient(v) {
    for (let i = 0; i < v.length; i++) if (isBias(i)) v[i] = 0;
    return net.gradient(v);
  },
};
