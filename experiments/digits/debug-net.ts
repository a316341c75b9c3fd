/**
 * The 3-5-3 net of the tutorial's gradient check: five samples, all numbers sin(1)/10, sin(2)/10, …
 *
 * Small enough to print every entry of a gradient beside its finite difference, which is what the check does.
 */
import { type BackendName, createEngine, type Engine, type Entry } from "papergrad/engine";
import type { GradientProblem } from "papergrad/inspect";
import type { Variant } from "../types.ts";
import { golden } from "./golden.ts";
import { descend, type Net, nextBatch, passBack, valueAndGradient } from "./step.ts";

export const debugNet: Net = { inputs: 3, hidden: 5, outputs: 3, samples: 5, rows: 5 };

const { params, X, y } = golden.debug;

export const debugStart: Float64Array = Float64Array.from(params);

function fill(engine: Engine, lambda: number): void {
  engine.write("x", X.flat());
  engine.write("y", y);
  engine.write("rows", [...X.keys()]);
  engine.write("lambda", [lambda]);
  engine.write("theta", params);
}

/** Plain gradient descent on the check's net, ready at its start point. */
export function debugDescent(
  variant: Variant,
  options: { backend: BackendName; dtype: "float32" | "float64"; lr?: number; lambda?: number },
): Entry {
  const engine = createEngine({ backend: options.backend, dtype: options.dtype });
  const entry = engine.entry("descend", (g) => descend(g, debugNet, variant));
  fill(engine, options.lambda ?? 1);
  engine.write("lr", [options.lr ?? 0.5]);
  return entry;
}

/** Indices of the bias columns in the flat vector. */
export function biasIndices({ inputs, hidden, outputs }: Net): number[] {
  const first = Array.from({ length: hidden }, (_, j) => j * (inputs + 1));
  const second = Array.from({ length: outputs }, (_, k) => hidden * (inputs + 1) + k * (hidden + 1));
  return [...first, ...second];
}

/** What `nnGradient` leaves behind in the vector it was given: the bias columns are 0. */
export function withoutBiasColumns(theta: Float64Array, net: Net): Float64Array {
  const out = theta.slice();
  for (const i of biasIndices(net)) out[i] = 0;
  return out;
}

export interface Check {
  readonly lambda: number;
  readonly cost: number;
  /** The cost at the caller's vector after `nnGradient` was called (the same as `cost` if that leaves it alone). */
  readonly costAfter: number;
  readonly gradient: Float64Array;
  /** Central differences as the printed check computes them, e = 1e-4: after the gradient call. */
  readonly numeric: Float64Array;
  /** Central differences at the point that was asked for. */
  readonly numericThere: Float64Array;
  readonly parametersAfter: Float64Array;
}

/** Cost and gradient at a vector, by the code of a variant; `rows` samples at a time. */
export function debugObjective(
  variant: Variant,
  backend: BackendName,
  lambda: number,
  options: { x?: readonly number[]; rows?: number } = {},
) {
  const { x = X.flat(), rows = debugNet.rows } = options;
  const engine = createEngine({ backend, dtype: "float64" });
  const entry = engine.entry("valueAndGradient", (g) => valueAndGradient(g, { ...debugNet, rows }, variant));
  fill(engine, lambda);
  engine.write("x", x);
  return (theta: ArrayLike<number>): { value: number; gradient: Float64Array } => {
    engine.write("theta", theta);
    const { metrics } = entry.run(debugNet.samples / rows);
    return { value: metrics.cost!.at(-1)!, gradient: engine.read("gradient").data as Float64Array };
  };
}

/** The tutorial's `checkGradient`. `published` hands on the vector that `nnGradient` has changed. */
export function checkGradient(variant: Variant, backend: BackendName, lambda = 0): Check {
  const at = debugObjective(variant, backend, lambda);
  const { value: cost, gradient } = at(debugStart);
  const parametersAfter = variant === "published" ? withoutBiasColumns(debugStart, debugNet) : debugStart;
  const e = 1e-4;
  const differences = (theta: Float64Array) =>
    theta.map((centre, i) => {
      const shifted = theta.slice();
      shifted[i] = centre + e;
      const up = at(shifted).value;
      shifted[i] = centre - e;
      return (up - at(shifted).value) / (2 * e);
    });
  const numericThere = differences(debugStart);
  const numeric = variant === "published" ? differences(parametersAfter) : numericThere;
  return {
    lambda,
    cost,
    costAfter: at(parametersAfter).value,
    gradient,
    numeric,
    numericThere,
    parametersAfter,
  };
}

/** The check's net as a problem for `checkGradients`, λ = 1. */
export function debugProblem(variant: Variant): GradientProblem {
  const { inputs, hidden, outputs } = debugNet;
  const part = (offset: number, width: number, units: number, bias: boolean) =>
    Array.from({ length: units }, (_, u) =>
      bias ? params[offset + u * width]! : params.slice(offset + u * width + 1, offset + (u + 1) * width),
    ).flat();
  const theta2 = hidden * (inputs + 1);
  return {
    name: "digits: 3-5-3 net of the tutorial's own check, λ = 1",
    build: (g) => {
      const weights = {
        b1: g.parameter("b1", [1, hidden]),
        W1: g.parameter("W1", [hidden, inputs]),
        b2: g.parameter("b2", [1, outputs]),
        W2: g.parameter("W2", [outputs, hidden]),
      };
      const { cost, gradient } = passBack(g, nextBatch(g, debugNet), weights, variant);
      return { loss: cost, gradients: { ...gradient } };
    },
    values: {
      x: X.flat(),
      y,
      rows: [...X.keys()],
      lambda: [1],
      b1: part(0, inputs + 1, hidden, true),
      W1: part(0, inputs + 1, hidden, false),
      b2: part(theta2, hidden + 1, outputs, true),
      W2: part(theta2, hidden + 1, outputs, false),
    },
  };
}
