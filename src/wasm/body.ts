/**
 * Writes the straight-line code of a Body for one vector of neighbouring elements.
 *
 * Where the elements lie, and what `acc` is, the surrounding loop knows; it says so with a `Site`.
 */
import type { Body, Instr, View } from "../compile/program.ts";
import type { Share } from "../compile/share.ts";
import { type ElementaryName, elementary } from "../math/functions.ts";
import type { FunctionBuilder, FunctionRef, Local } from "./assembler.ts";
import { type RandomKeys, writeUniform } from "./random.ts";
import { type Address, loadLanes, type Simd, storeLanes } from "./simd.ts";
import { localOf, type Mask, type SimdKit, type Value } from "./simd-kit.ts";
import type { Target } from "./target.ts";

/** What the code of one kernel is written with. */
export interface KernelWriter {
  readonly f: FunctionBuilder;
  readonly simd: Simd;
  readonly kit: SimdKit;
  readonly target: Target;
  /** The number of the running step, an i32. */
  readonly step: Local;
  /** Where the kernel lies in the whole of which it is a share. */
  readonly place: Omit<Share, "kernel">;
  readonly keys: RandomKeys;
  /** The imported function that multiplies matrices (`Gemm` of blas.ts), and which products it takes; mostly there is none. */
  readonly blas?: { readonly gemm: FunctionRef; takes(m: number, n: number, k: number): boolean };
  /** The function that computes an elementary function on a vector. */
  elementary(op: ElementaryName): FunctionRef;
  /** First byte of the memory a kernel may use while it runs; asks that there be so many bytes. */
  scratch(bytes: number): number;
}

/** The place of a vector: elements [row, col], [row, col + 1], …, `count` of them. */
export interface Site {
  readonly count: number;
  address(view: View): Address;
  /** Lane values loaded before the loop, for operands that are the same in all of it. */
  readonly hoisted?: ReadonlyMap<View, Local>;
  readonly acc?: Local;
  /** Write elementary functions in place: worth it in a loop, where the engine keeps their constants ready. */
  readonly inline?: boolean;
  /** Element number i·cols + j: byte address of a view with these strides, see `indexView`. */
  readonly index: View;
}

/** A view whose element [i, j] "lies at" byte (i·cols + j)·size: the address is the element's number. */
export const indexView = (rows: number, cols: number): View => ({
  byteOffset: 0,
  rows,
  cols,
  rowStride: cols,
  colStride: 1,
});

/** The same for the share at hand of a kernel with so many columns: its elements keep their numbers in the whole. */
export const numbersOf = (
  { simd, place }: KernelWriter,
  rows: number,
  cols: number,
  whole = place.cols,
): View => ({
  ...indexView(rows, cols),
  byteOffset: (place.row * whole + place.col) * simd.bytes,
  rowStride: whole,
});

type Computed = Value | Mask;

/** The values of the wanted positions of `code`, and of no others. */
export function evaluate(
  w: KernelWriter,
  operands: readonly View[],
  code: readonly Instr[],
  wanted: readonly number[],
  site: Site,
): Local[] {
  const { f, simd, kit } = w;
  const done = new Map<number, Computed>();
  const number = (position: number): Value => {
    const value = compute(position);
    if (!("mask" in value)) return value;
    f.get(value.mask);
    const one = localOf(f, simd, kit.constant(1));
    f.get(one).op("v128.and");
    const local = f.local("v128");
    f.set(local);
    return local;
  };
  const condition = (position: number): Mask => {
    const value = compute(position);
    if ("mask" in value) return value;
    const zero = localOf(f, simd, kit.constant(0));
    const mask = f.local("v128");
    f.get(localOf(f, simd, value))
      .get(zero)
      .op(`${simd.shape}.ne`)
      .set(mask);
    return { mask };
  };
  const compute = (position: number): Computed => {
    const known = done.get(position);
    if (known) return known;
    const value = emit(code[position]!);
    done.set(position, value);
    return value;
  };
  const emit = (instr: Instr): Computed => {
    switch (instr.op) {
      case "const":
        return kit.constant(instr.value);
      case "operand": {
        const view = operands[instr.index]!;
        return site.hoisted?.get(view) ?? loadLanes(f, simd, site.address(view), view.colStride, site.count);
      }
      case "acc":
        if (!site.acc) throw new Error("acc outside the finish of a gemm or reduce");
        return site.acc;
      case "step": {
        f.get(w.step)
          .op(simd.bytes === 4 ? "f32.convert_i32_u" : "f64.convert_i32_u")
          .op(`${simd.shape}.splat`);
        const local = f.local("v128");
        f.set(local);
        return local;
      }
      case "random":
        return writeUniform(f, simd, w.keys, instr, site.address(site.index), site.index.colStride);
      case "add":
      case "sub":
      case "mul":
      case "div":
      case "min":
      case "max":
        return kit[instr.op](number(instr.a), number(instr.b));
      case "lt":
        return kit.less(number(instr.a), number(instr.b));
      case "le":
        return kit.lessEqual(number(instr.a), number(instr.b));
      case "eq":
        return kit.equal(number(instr.a), number(instr.b));
      case "select": {
        const mask = condition(instr.a);
        return kit.select(mask, number(instr.b), number(instr.c));
      }
      case "neg":
      case "abs":
      case "sqrt":
      case "floor":
        return kit[instr.op](number(instr.a));
      case "sign": {
        // x itself where it is neither less nor greater than 0: ±0 or NaN.
        const x = number(instr.a);
        const zero = kit.constant(0);
        const negative = kit.select(kit.less(x, zero), kit.constant(-1), x);
        return kit.select(kit.less(zero, x), kit.constant(1), negative);
      }
      default: {
        if (site.inline) return elementary[instr.op](kit, number(instr.a));
        const local = f.local("v128");
        f.get(localOf(f, simd, number(instr.a)))
          .call(w.elementary(instr.op))
          .set(local);
        return local;
      }
    }
  };
  return wanted.map((position) => localOf(f, simd, number(position)));
}

/** Computes and writes all outputs of a body: every operand is read before anything is written. */
export function writeBody(w: KernelWriter, body: Body, site: Site): void {
  w.f.scope(() => {
    const wanted = body.outputs.map(({ value }) => value);
    const values = evaluate(w, body.operands, body.code, wanted, site);
    for (const [o, { view }] of body.outputs.entries())
      storeLanes(w.f, w.simd, site.address(view), view.colStride, site.count, values[o]!);
  });
}

/** The same body with other views of the same memory. */
export const mapViews = (body: Body, change: (view: View) => View): Body => ({
  operands: body.operands.map(change),
  code: body.code,
  outputs: body.outputs.map(({ view, value }) => ({ view: change(view), value })),
});

/** All views of a body. */
export const viewsOf = (body: Body): View[] => [...body.operands, ...body.outputs.map(({ view }) => view)];
