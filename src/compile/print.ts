/** A Program as text, one kernel a paragraph; and its hash. */
import type { Instr, LoopKernel, Program, View } from "./program.ts";

const view = (v: View): string => `@${v.byteOffset}[${v.rows}×${v.cols}; ${v.rowStride},${v.colStride}]`;

function instr(i: Instr, at: number): string {
  const { op, ...rest } = i;
  const refs = Object.entries(rest).map(([k, v]) => (k.length === 1 ? `v${v}` : `${k}=${v}`));
  return `    v${at} = ${[op, ...refs].join(" ")}`;
}

function kernel(k: LoopKernel): string[] {
  switch (k.kind) {
    case "elementwise":
      return [`elementwise ${k.name} ${k.rows}×${k.cols}`, ...body(k)];
    case "gemm":
      return [
        `gemm ${k.name} ${k.m}×${k.n}×${k.k}`,
        `    a ${view(k.a)}`,
        `    b ${view(k.b)}`,
        ...body(k.finish),
      ];
    case "reduce":
      return [
        `reduce ${k.name} ${k.op} over ${k.over} of ${k.rows}×${k.cols}`,
        ...k.operands.map((v, i) => `    operand ${i} ${view(v)}`),
        ...k.code.map(instr),
        `    reduce v${k.value}`,
        ...body(k.finish),
      ];
    case "gather":
      return [
        `gather ${k.name} ${k.rows}×${k.cols} from ${k.table.dtype} @${k.table.byteOffset} by @${k.index.byteOffset}[${k.index.length}]`,
        `    to ${view(k.out)}`,
      ];
  }
}

const body = (b: {
  operands: readonly View[];
  code: readonly Instr[];
  outputs: readonly { view: View; value: number }[];
}): string[] => [
  ...b.operands.map((v, i) => `    operand ${i} ${view(v)}`),
  ...b.code.map(instr),
  ...b.outputs.map((o) => `    ${view(o.view)} ← v${o.value}`),
];

/**
 * The whole Program, readable.
 * @example
 * const { program } = defineStep({ name: "halve" }, (g) => {
 *   const w = g.parameter("w", [2, 2]);
 *   g.store(w, g.mul(w, 0.5));
 * });
 * programText(program).split("\n")[1] // "elementwise map 2×2"
 */
export function programText(p: Program): string {
  return [
    `program ${p.name} ${p.dtype} (${p.memoryBytes} bytes)`,
    ...p.kernels.flatMap(kernel),
    ...p.metrics.map((m) => `metric ${m.name} ${view(m.view)}`),
    ...(p.halt ? [`halt ${view(p.halt)}`] : []),
  ].join("\n");
}

/**
 * FNV-1a hash (32 bits, hex) of bytes: a short name for a Program or for weights, not a security measure.
 * @see Fowler, Noll & Vo (1991), FNV-1a
 * @example hashBytes(new TextEncoder().encode("a")) // "e40c292c"
 */
export function fnv1a(bytes: Uint8Array): string {
  let h = 0x811c9dc5;
  for (const b of bytes) h = Math.imul(h ^ b, 0x01000193);
  return (h >>> 0).toString(16).padStart(8, "0");
}

/**
 * Hash of a Program, 8 hex digits: equal for Programs that do the same in the same places.
 * @example
 * const { program } = defineStep({ name: "halve" }, (g) => {
 *   const w = g.parameter("w", [2, 2]);
 *   g.store(w, g.mul(w, 0.5));
 * });
 * programHash(program).length // 8
 */
export const programHash = (p: Program): string => fnv1a(new TextEncoder().encode(JSON.stringify(p)));
