/**
 * The recursion for δ, written out by hand on a network of the reader's widths, held against finite differences of the
 * loss by papergrad's `checkGradients`; with or without a mistake.
 */
import { RandomState, UsageError } from "papergrad";
import type { Graph, Node } from "papergrad/engine";
import { checkGradients, type GradientProblem } from "papergrad/inspect";

export const HIDDEN_ACTIVATIONS = ["tanh", "sigmoid", "relu"] as const;
export type HiddenActivation = (typeof HIDDEN_ACTIVATIONS)[number];

/** What is done wrongly on the way back. */
export const MISTAKES = ["none", "noSlope", "valueForSlope", "notDivided"] as const;
export type Mistake = (typeof MISTAKES)[number];

export interface Setup {
  /** Inputs, then the units of every layer. */
  readonly widths: readonly number[];
  readonly activation: HiddenActivation;
  readonly mistake: Mistake;
  readonly seed: number;
}

export const MOST_LAYERS = 6;
export const MOST_UNITS = 8;
const ROWS = 5;

/** One parameter of the network, and how far its gradient is from the measured one. */
export interface Finding {
  readonly parameter: string;
  readonly shape: readonly [number, number];
  /** Largest relative error of an entry; NaN where the loss has a kink at every entry. */
  readonly worst: number;
  /** Largest entry of the gradient by the recursion. */
  readonly largest: number;
}

/** What the sizes in a text mean, e.g. "3-5-4-2". @throws {UsageError} for anything else. */
export function widthsIn(text: string): number[] {
  const widths = text
    .trim()
    .split(/\s*[-–−,，、\s]\s*/)
    .map(Number);
  const fine =
    widths.length >= 2 &&
    widths.length <= MOST_LAYERS + 1 &&
    widths.every((n) => Number.isInteger(n) && n >= 1 && n <= MOST_UNITS);
  if (!fine)
    throw new UsageError(
      `widths: expected 2 to ${MOST_LAYERS + 1} whole numbers from 1 to ${MOST_UNITS}, received "${text}".`,
    );
  return widths;
}

const value = (g: Graph, activation: HiddenActivation, z: Node): Node =>
  activation === "tanh" ? g.tanh(z) : activation === "sigmoid" ? g.sigmoid(z) : g.relu(z);

/** f′(z), from z or from a = f(z). */
const slope = (g: Graph, activation: HiddenActivation, z: Node, a: Node): Node =>
  activation === "tanh"
    ? g.sub(1, g.square(a))
    : activation === "sigmoid"
      ? g.mul(a, g.sub(1, a))
      : g.less(0, z);

/** The loss and the gradients that the recursion gives for it. */
function build(g: Graph, { widths, activation, mistake }: Setup): ReturnType<GradientProblem["build"]> {
  const layers = widths.length - 1;
  const x = g.input("x", [ROWS, widths[0]!]);
  const y = g.input("y", [ROWS, widths[layers]!]);
  const W = widths.slice(1).map((units, i) => g.parameter(`W${i + 1}`, [widths[i]!, units]));
  const b = widths.slice(1).map((units, i) => g.parameter(`b${i + 1}`, [1, units]));
  const z: Node[] = [];
  const a: Node[] = [x];
  for (let l = 0; l < layers; l++) {
    z.push(g.add(g.matmul(a[l]!, W[l]!), b[l]!));
    if (l < layers - 1) a.push(value(g, activation, z[l]!));
  }
  const last = z[layers - 1]!;
  const loss = g.div(g.sum(g.sub(g.softplus(last), g.mul(y, last))), ROWS);

  const difference = g.sub(g.sigmoid(last), y);
  let delta = mistake === "notDivided" ? difference : g.div(difference, ROWS);
  const gradients: Record<string, Node> = {};
  for (let l = layers - 1; l >= 0; l--) {
    gradients[`W${l + 1}`] = g.matmul(a[l]!, delta, { transposeA: true });
    gradients[`b${l + 1}`] = g.sum(delta, "rows");
    if (l === 0) break;
    const back = g.matmul(delta, W[l]!, { transposeB: true });
    const below = { z: z[l - 1]!, a: a[l]! };
    delta =
      mistake === "noSlope"
        ? back
        : g.mul(back, mistake === "valueForSlope" ? below.a : slope(g, activation, below.z, below.a));
  }
  return { loss, gradients };
}

/** The problem as `checkGradients` takes it: normal weights, normal inputs, targets 0 and 1 in turn. */
function problem(setup: Setup): GradientProblem {
  const { widths, seed } = setup;
  const random = new RandomState(seed);
  const values: Record<string, ArrayLike<number>> = {
    x: random.randn(ROWS * widths[0]!),
    y: Array.from({ length: ROWS * widths.at(-1)! }, (_, i) => i % 2),
  };
  for (const [i, units] of widths.slice(1).entries()) {
    values[`W${i + 1}`] = random.randn(widths[i]! * units);
    values[`b${i + 1}`] = random.randn(units);
  }
  return { name: widths.join("-"), values, build: (g) => build(g, setup) };
}

/** Every parameter from the first layer to the last. */
export function heldAgainstDifferences(setup: Setup): Finding[] {
  const { rows } = checkGradients(problem(setup));
  return setup.widths.slice(1).flatMap((units, i) =>
    (["W", "b"] as const).map((letter): Finding => {
      const parameter = `${letter}${i + 1}`;
      const own = rows.filter((r) => r.parameter === parameter);
      const smooth = own.filter((r) => !r.kink);
      return {
        parameter,
        shape: letter === "W" ? [setup.widths[i]!, units] : [1, units],
        worst: smooth.length === 0 ? Number.NaN : Math.max(...smooth.map((r) => r.relativeError)),
        largest: Math.max(...own.map((r) => Math.abs(r.analytic))),
      };
    }),
  );
}

/** Relative error below which a gradient passes. */
export const PASSES = 1e-6;
