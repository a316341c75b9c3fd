/**
 * Columns computed from points of the plane: expressions of x₁ and x₂, evaluated by the engine.
 *
 * The engine's own exp, sin and cos give the same bits in every browser; Math.sin does not. Features and regression
 * surfaces come from here, so a link gives everybody the same numbers.
 */
import type { Tensor } from "papergrad";
import { createEngine, expr } from "papergrad/engine";

type Expr = ReturnType<typeof expr.constant>;

/** Gives the values at points of the plane, x₁, x₂ one after the other; always as many points. */
export type Columns = (points: ArrayLike<number>) => Tensor<Float64Array>;

/**
 * Compiles the expressions (argument 0 is x₁, argument 1 is x₂) for so many points: for whoever asks again and again.
 * Shapes: points [rows, 2] → [rows, expressions].
 */
export function compileColumns(expressions: readonly Expr[], rows: number): Columns {
  const columns = expressions.length;
  const engine = createEngine({ dtype: "float64" });
  const entry = engine.entry("columns", (g) => {
    const x = [g.input("x1", [rows, 1]), g.input("x2", [rows, 1])];
    for (const [c, e] of expressions.entries()) {
      // `map` wants exactly the arguments that the expression has.
      const used = [...expr.usedArgs(e)].sort();
      const renumbered = expr.substitute(
        e,
        [0, 1].map((i) => expr.arg(Math.max(used.indexOf(i), 0))),
      );
      g.store(
        g.parameter(`column ${c}`, [rows, 1]),
        g.map(
          renumbered,
          used.map((i) => x[i]!),
          [rows, 1],
        ),
      );
    }
  });
  return (points) => {
    for (const i of [0, 1])
      engine.write(
        `x${i + 1}`,
        Float64Array.from({ length: rows }, (_, r) => points[2 * r + i]!),
      );
    entry.run(1);
    const data = new Float64Array(rows * columns);
    for (let c = 0; c < columns; c++) {
      const column = engine.live(`column ${c}`);
      for (let r = 0; r < rows; r++) data[r * columns + c] = column[r]!;
    }
    return { shape: [rows, columns], data };
  };
}

/** The value of each expression at each point. Shapes: points [n, 2] → [n, expressions]. */
export function columnsOf(expressions: readonly Expr[], points: ArrayLike<number>): Tensor<Float64Array> {
  const rows = points.length / 2;
  if (rows === 0) return { shape: [0, expressions.length], data: new Float64Array(0) };
  return compileColumns(expressions, rows)(points);
}
