/**
 * Gradients against finite differences: the first thing to do with a derivation of one's own.
 *
 * Uses the five-point central difference in float64, (8·(f(x+h) − f(x−h)) − (f(x+2h) − f(x−2h))) / 12h with
 * h = 1e-3·max(1, |x|): error about h⁴ (Abramowitz & Stegun, 25.3.6). An entry is marked as a kink where half the
 * step gives another answer: there (relu at 0) the function is not differentiable nearby and nothing is proved.
 */
import { Engine, type Entry } from "../compile/engine.ts";
import { interpreter } from "../compile/interpret.ts";
import type { Backend } from "../compile/program.ts";
import type { Graph } from "../graph/graph.ts";
import { isBufferLeaf, type Node } from "../graph/nodes.ts";
import { UsageError } from "../tensor/errors.ts";

/** A loss, the gradients claimed for it by parameter name, and the point to check them at. */
export interface GradientProblem {
  /** Shown in the table's heading. */
  readonly name: string;
  build(g: Graph): { readonly loss: Node; readonly gradients: Readonly<Record<string, Node>> };
  /** Every matrix that `build` names. */
  readonly values: Readonly<Record<string, ArrayLike<number>>>;
}

/** One entry of a gradient, as claimed and as measured. */
export interface GradientRow {
  readonly parameter: string;
  readonly row: number;
  readonly col: number;
  readonly analytic: number;
  readonly numeric: number;
  /** |a − n| / max(|a|, |n|, scale), scale = 1e-3 of the largest gradient entry of the parameter (at least 1e-6). */
  readonly relativeError: number;
  readonly kink: boolean;
}

/** What `checkGradients` found. */
export interface GradientCheck {
  readonly name: string;
  /** Worst relative error first; kinks last. */
  readonly rows: readonly GradientRow[];
  /** Largest relative error outside kinks; NaN if there is nothing else, so that nothing was checked. */
  readonly worst: number;
  /** How many entries there are; `rows` may be a sample of them. */
  readonly entries: number;
}

const STEP = 1e-3;

/**
 * Checks every entry of every gradient, or `samples` of each parameter spread evenly over it.
 * @throws {UsageError} if a value is missing or a gradient has another shape than its parameter.
 * @example
 * const line = checkGradients({
 *   name: "line",
 *   values: { w: [2] },
 *   build: (g) => {
 *     const w = g.parameter("w", [1, 1]);
 *     return { loss: g.square(w), gradients: { w: g.mul(2, w) } };
 *   },
 * });
 * line.rows[0] // { parameter: "w", analytic: 4, numeric: 4.0000 }
 * line.worst < 1e-9 // true
 * @see Abramowitz & Stegun, 25.3.6
 */
export function checkGradients(
  problem: GradientProblem,
  options: { samples?: number; backend?: Backend } = {},
): GradientCheck {
  const engine = new Engine(options.backend ?? interpreter, { dtype: "float64" });
  const loss = engine.entry("loss", (g) => g.metric("loss", problem.build(g).loss));
  if (loss.graph.nodes.some((n) => n.kind === "store"))
    throw new UsageError(
      "checkGradients: expected a loss and its gradients, received a graph that stores. Leave the update out.",
    );
  const parameters: string[] = [];
  const analytic = engine.entry("gradients", (g) => {
    for (const [name, node] of Object.entries(problem.build(g).gradients)) {
      parameters.push(name);
      g.store(g.parameter(`gradient of ${name}`, node.shape), node);
    }
  });
  const samplesAsked = options.samples ?? Number.POSITIVE_INFINITY;
  if (!(samplesAsked >= 1))
    throw new UsageError(`checkGradients: expected samples ≥ 1, received ${samplesAsked}.`);
  if (parameters.length === 0)
    throw new UsageError(
      "checkGradients: expected at least one gradient, received none. Return { loss, gradients: { w: dw } }.",
    );
  for (const { graph } of [loss, analytic])
    for (const n of graph.nodes)
      if (
        isBufferLeaf(n) &&
        !n.source.name.startsWith("gradient of ") &&
        !Object.hasOwn(problem.values, n.source.name)
      )
        throw new UsageError(`checkGradients: no values are given for "${n.source.name}". Add it to values.`);
  for (const [name, values] of Object.entries(problem.values)) engine.write(name, values);
  analytic.run(1);
  const rows: GradientRow[] = [];
  let entries = 0;
  for (const name of parameters) {
    const size = engine.read(name).data.length;
    entries += size;
    rows.push(...checkParameter(engine, loss, name, Math.min(size, samplesAsked)));
  }
  rows.sort((a, b) => Number(a.kink) - Number(b.kink) || b.relativeError - a.relativeError);
  const smooth = rows.filter((r) => !r.kink);
  const worst = smooth.length === 0 ? Number.NaN : Math.max(...smooth.map((r) => r.relativeError));
  return { name: problem.name, rows, worst, entries };
}

function checkParameter(engine: Engine, loss: Entry, name: string, samples: number): GradientRow[] {
  const at = engine.live(name) as Float64Array;
  const claimed = engine.read(`gradient of ${name}`);
  const [rows, cols] = engine.shapeOf(name);
  if (claimed.shape[0] !== rows || claimed.shape[1] !== cols)
    throw new UsageError(
      `checkGradients: the gradient of ${name} is [${claimed.shape}], expected [${rows},${cols}].`,
    );
  const top = Float64Array.from(claimed.data).reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  const scale = Math.max(1e-3 * top, 1e-6);
  return Array.from({ length: samples }, (_, s) => {
    const i = Math.floor((s * at.length) / samples);
    const centre = at[i]!;
    const value = (x: number) => {
      at[i] = x;
      loss.stepNumber = 0; // the same mini-batch and the same random numbers every time
      return loss.run(1).metrics.loss![0]!;
    };
    const difference = (h: number) =>
      (8 * (value(centre + h) - value(centre - h)) - (value(centre + 2 * h) - value(centre - 2 * h))) /
      (12 * h);
    const h = STEP * Math.max(1, Math.abs(centre));
    const numeric = difference(h);
    const finer = difference(h / 2);
    at[i] = centre;
    const a = claimed.data[i]!;
    const size = Math.max(Math.abs(a), Math.abs(numeric), scale);
    return {
      parameter: name,
      row: Math.floor(i / cols),
      col: i % cols,
      analytic: a,
      numeric,
      relativeError: Math.abs(a - numeric) / size,
      kink: Math.abs(numeric - finer) / size > 1e-6,
    };
  });
}
