/** Builds the straight-line code of a kernel from scalar expressions; equal sub-expressions are computed once. */
import type { Expr } from "../graph/expr.ts";
import type { Instr, View } from "./program.ts";

export class BodyBuilder {
  readonly code: Instr[] = [];
  readonly operands: View[] = [];
  private readonly known = new Map<string, number>();

  /** Appends an instruction, or finds the same one; returns its position. */
  emit(instr: Instr): number {
    const key = instrKey(instr);
    const before = this.known.get(key);
    if (before !== undefined) return before;
    this.known.set(key, this.code.push(instr) - 1);
    return this.code.length - 1;
  }

  operand(view: View): number {
    let index = this.operands.findIndex((v) => isSame(v, view));
    if (index < 0) index = this.operands.push(view) - 1;
    return this.emit({ op: "operand", index });
  }

  /** Code of an expression whose arguments are given as positions. */
  expr(e: Expr, args: readonly number[]): number {
    const go = (x: Expr) => this.expr(x, args);
    switch (e.op) {
      case "const":
        return this.emit(e);
      case "arg":
        return args[e.index]!;
      case "select":
        return this.emit({ op: "select", a: go(e.c), b: go(e.a), c: go(e.b) });
      default:
        return "b" in e
          ? this.emit({ op: e.op, a: go(e.a), b: go(e.b) })
          : this.emit({ op: e.op, a: go(e.a) });
    }
  }
}

const isSame = (a: View, b: View): boolean =>
  a.byteOffset === b.byteOffset &&
  a.rows === b.rows &&
  a.cols === b.cols &&
  a.rowStride === b.rowStride &&
  a.colStride === b.colStride;

const instrKey = (i: Instr): string =>
  i.op === "const" && Object.is(i.value, -0) ? "const -0" : Object.values(i).join(" ");
