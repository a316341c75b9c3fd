/** Gradients of a problem by the engine, and a formula of a lesson held against them. */
import { ShapeError } from "papergrad";
import { createEngine } from "papergrad/engine";
import type { GradientProblem } from "papergrad/inspect";
import { type Derivation, follow } from "./algebra/derivation.ts";
import { type Expr, evaluate, type Values } from "./algebra/expression.ts";
import { given, type Matrix } from "./algebra/matrix.ts";

/** The gradients that a problem claims, by the name of the parameter. */
export function engineGradients({ build, values }: GradientProblem): Values {
  const engine = createEngine({ backend: "wasm", dtype: "float64" });
  const names: string[] = [];
  const entry = engine.entry("gradients", (g) => {
    for (const [name, node] of Object.entries(build(g).gradients)) {
      names.push(name);
      g.store(g.parameter(`gradient of ${name}`, node.shape), node);
    }
  });
  for (const [name, numbers] of Object.entries(values)) if (engine.has(name)) engine.write(name, numbers);
  entry.run(1);
  return Object.fromEntries(
    names.map((name) => {
      const { shape, data } = engine.read(`gradient of ${name}`);
      return [name, given(shape[0], shape[1], data)];
    }),
  );
}

/** Whether two matrices agree in size and to ten digits of their largest entry. */
export function agree(a: Matrix, b: Matrix): boolean {
  if (a.rows !== b.rows || a.cols !== b.cols) return false;
  const scale = Math.max(...b.data.map(Math.abs), 1e-12);
  return a.data.every((v, i) => Math.abs(v - b.data[i]!) < 1e-10 * scale);
}

/**
 * Whether a formula in the letters of a derivation is the gradient of a parameter. `decayed`: the name of the matrix
 * whose decay, λ times itself, is added to it. A formula whose sizes do not fit is none.
 */
export function isGradient(
  derivation: Derivation,
  leaves: Values,
  { of, decayed }: { readonly of: Expr; readonly decayed: string },
  gradient: Matrix,
): boolean {
  const still = Object.fromEntries(
    Object.entries(leaves).map(([name, m]) => [
      `d${name}`,
      given(m.rows, m.cols, new Float64Array(m.data.length)),
    ]),
  );
  const { values } = follow(derivation, { ...leaves, ...still });
  const found = valueIfItFits(of, values);
  const [W, lambda] = [values[decayed]!, values.lambda!.data[0]!];
  if (found === null || found.data.length !== W.data.length) return false;
  return agree({ ...found, data: found.data.map((v, i) => v + lambda * W.data[i]!) }, gradient);
}

/** The value of a formula; null where its sizes do not fit. */
export function valueIfItFits(of: Expr, values: Values): Matrix | null {
  try {
    return evaluate(of, values);
  } catch (error) {
    if (error instanceof ShapeError) return null;
    throw error;
  }
}
