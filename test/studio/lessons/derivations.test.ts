/**
 * The formulas of the lessons are computed: at a random point and in a random direction every line of a chain is the
 * directional derivative of the loss, and every gradient is that of papergrad's own graph of the program.
 */
import { RandomState } from "papergrad";
import type { GradientProblem } from "papergrad/inspect";
import { describe, expect, test } from "vitest";
import { debugNet, debugProblem } from "../../../experiments/digits/debug-net.ts";
import { loadExperiment } from "../../../experiments/index.ts";
import { AND, NOT, OR } from "../../../experiments/one-net/gate.ts";
import { gradientProblem as oneNetProblem } from "../../../experiments/one-net/gradient.ts";
import { forward, printedGradients } from "../../../experiments/pencil/step.ts";
import { numpyStart, shapes, X, Y } from "../../../experiments/pencil/train.ts";
import { startValues, threeNetProblem } from "../../../experiments/shared/three-net.ts";
import { gradientProblem as xorProblem } from "../../../experiments/xor/gradient.ts";
import { type Derivation, follow } from "../../../studio/lessons/algebra/derivation.ts";
import type { Values } from "../../../studio/lessons/algebra/expression.ts";
import { moonsNet, recursion } from "../../../studio/lessons/algebra/layer-list.ts";
import { each, given, type Matrix, make, scalar, transpose } from "../../../studio/lessons/algebra/matrix.ts";
import {
  inNumbers,
  pullOfTheSum,
  throughLogarithms,
  throughSoftplus,
} from "../../../studio/lessons/algebra/one-neuron.ts";
import { ofCrossEntropy, ofSquares } from "../../../studio/lessons/algebra/pencil-net.ts";
import { sigmoidNet } from "../../../studio/lessons/algebra/sigmoid-net.ts";
import { softmaxNet, softmaxNetFromScores } from "../../../studio/lessons/algebra/softmax-net.ts";
import { engineGradients } from "../../../studio/lessons/gradients.ts";

const random = new RandomState(7);
const normal = (rows: number, cols: number): Matrix => given(rows, cols, random.randn(rows * cols));
const ones = (rows: number, cols = 1): Matrix => make(rows, cols, () => 1);

/** A matrix of a problem's values in the size the engine gives it. */
const of = (problem: GradientProblem, name: string, rows: number, cols: number): Matrix =>
  given(rows, cols, problem.values[name]!);

const oneHot = (classes: ArrayLike<number>, columns: number): Matrix =>
  make(classes.length, columns, (i, j) => (classes[i] === j ? 1 : 0));

interface Case {
  readonly name: string;
  readonly derivation: Derivation;
  readonly loss: string;
  /** Everything that is given; parameters are those with a gradient. */
  readonly leaves: Values;
  /** The same gradients by the engine. */
  readonly engine?: Values;
}

function softmaxCase(name: string, derivation: Derivation, problem: GradientProblem, sizes: number[]): Case {
  const rows = problem.values.y!.length;
  const parameters = sizes.slice(1).flatMap((to, i): [string, Matrix][] => [
    [`W${i + 1}`, of(problem, `W${i + 1}`, sizes[i]!, to)],
    [`b${i + 1}`, of(problem, `b${i + 1}`, 1, to)],
  ]);
  return {
    name,
    derivation,
    loss: "J",
    leaves: {
      x: of(problem, "x", rows, sizes[0]!),
      Y: oneHot(problem.values.y!, sizes.at(-1)!),
      m: scalar(rows),
      lambda: scalar(1e-3),
      ones: ones(rows),
      e: ones(sizes.at(-1)!),
      ...Object.fromEntries(parameters),
    },
    engine: engineGradients(problem),
  };
}

const gateCase = (derivation: Derivation, gate: typeof AND): Case => {
  const problem = oneNetProblem(gate, "derived");
  const [rows, inputs] = [gate.inputs.length, gate.inputs[0]!.length];
  return {
    name: gate.name,
    derivation,
    loss: "J",
    leaves: {
      x: of(problem, "x", rows, inputs),
      y: of(problem, "y", rows, 1),
      w: of(problem, "w", inputs, 1),
      b: of(problem, "b", 1, 1),
      m: scalar(rows),
      lambda: scalar(1),
      ones: ones(rows),
    },
    engine: engineGradients(problem),
  };
};

/** A three-layer net with these layer sizes at a random point. */
function threeNetCase(
  name: string,
  derivation: Derivation,
  [inputs, hidden1, hidden2, classes]: number[],
): Case {
  const net = {
    inputs: inputs!,
    hidden1: hidden1!,
    hidden2: hidden2!,
    classes: classes!,
    learningRate: 0.05,
    decay: 1e-3,
  };
  const rows = 6;
  const problem = threeNetProblem(
    name,
    "derived",
    net,
    { x: random.randn(rows * net.inputs), y: Array.from({ length: rows }, (_, i) => i % net.classes) },
    startValues(random, net, 0.8),
  );
  return softmaxCase(name, derivation, problem, [inputs!, hidden1!, hidden2!, classes!]);
}

async function moonsCase(): Promise<Case> {
  const problem = await (await loadExperiment("moons")).gradientProblem("derived");
  const sizes = [2, 25, 50, 50, 25, 1];
  const rows = problem.values.Y!.length;
  return {
    name: "moons",
    derivation: moonsNet,
    loss: "J",
    leaves: {
      x: of(problem, "X", rows, 2),
      Y: of(problem, "Y", rows, 1),
      m: scalar(rows),
      ones: ones(rows),
      ...Object.fromEntries(
        sizes.slice(1).flatMap((to, i) => [
          [`W${i + 1}`, of(problem, `W${i + 1}`, sizes[i]!, to)],
          [`b${i + 1}`, of(problem, `b${i + 1}`, 1, to)],
        ]),
      ),
    },
    engine: engineGradients(problem),
  };
}

function digitsCase(): Case {
  const problem = debugProblem("derived");
  const { inputs, hidden, outputs, samples } = debugNet;
  return {
    name: "digits",
    derivation: sigmoidNet,
    loss: "J",
    leaves: {
      x: of(problem, "x", samples, inputs),
      Y: oneHot(problem.values.y!, outputs),
      m: scalar(samples),
      lambda: scalar(1),
      ones: ones(samples),
      e: ones(outputs),
      W1: of(problem, "W1", hidden, inputs),
      b1: of(problem, "b1", 1, hidden),
      W2: of(problem, "W2", outputs, hidden),
      b2: of(problem, "b2", 1, outputs),
    },
    engine: engineGradients(problem),
  };
}

function pencilCase(loss: "C" | "D"): Case {
  const [W1, W2, W3] = numpyStart(0);
  return {
    name: `pencil, ${loss}`,
    derivation: loss === "C" ? ofCrossEntropy : ofSquares,
    loss,
    leaves: {
      X: given(3, 4, X.flat()),
      Y: given(3, 2, Y.flat()),
      W1: given(4, 3, W1),
      W2: given(3, 3, W2),
      W3: given(3, 2, W3),
      rows: ones(3),
      columns: ones(2),
    },
    engine: engineGradients({
      name: "pencil",
      values: { X: X.flat(), Y: Y.flat(), W1, W2, W3 },
      build: (g) => {
        const f = forward(g, shapes);
        const [g1, g2, g3] = loss === "C" ? printedGradients(g, f) : g.gradient(f.sum, [f.W1, f.W2, f.W3]);
        return { loss: f.sum, gradients: { W1: g1, W2: g2, W3: g3 } };
      },
    }),
  };
}

function recursionCase(): Case {
  const sizes = [3, 4, 2, 5, 2];
  const rows = 4;
  return {
    name: "recursion, four layers",
    derivation: recursion(4),
    loss: "J",
    leaves: {
      x: normal(rows, 3),
      y: make(rows, 2, (i, j) => (i + j) % 2),
      m: scalar(rows),
      ones: ones(rows),
      e: ones(2),
      ...Object.fromEntries(
        sizes.slice(1).flatMap((to, i) => [
          [`W${i + 1}`, normal(sizes[i]!, to)],
          [`b${i + 1}`, normal(1, to)],
        ]),
      ),
    },
  };
}

const cases: Case[] = [
  gateCase(throughLogarithms, AND),
  gateCase(throughSoftplus, OR),
  gateCase(inNumbers, NOT),
  {
    name: "the pull of the sum",
    derivation: pullOfTheSum,
    loss: "P",
    leaves: { w: normal(3, 1), e: ones(3), lambda: scalar(0.7) },
  },
  softmaxCase("xor", softmaxNet(["2", "6", "2"]), xorProblem("derived"), [2, 6, 2]),
  threeNetCase("iris", softmaxNet(["4", "20", "20", "3"]), [4, 20, 20, 3]),
  threeNetCase("mnist", softmaxNetFromScores(["784", "200", "80", "10"]), [9, 8, 7, 4]),
  await moonsCase(),
  digitsCase(),
  pencilCase("C"),
  pencilCase("D"),
  recursionCase(),
];

const largest = (m: Matrix): number => m.data.reduce((s, v) => Math.max(s, Math.abs(v)), 0);

function expectClose(a: Matrix, b: Matrix, tolerance: number, what: string): void {
  expect([a.rows, a.cols], what).toEqual([b.rows, b.cols]);
  const scale = Math.max(largest(a), largest(b), 1e-8);
  for (let i = 0; i < a.data.length; i++)
    expect(Math.abs(a.data[i]! - b.data[i]!) / scale, `${what}, entry ${i}`).toBeLessThan(tolerance);
}

describe.each(cases)("$name", ({ derivation, loss, leaves, engine }) => {
  const parameters = (derivation.computed ?? derivation.steps).flatMap((s) =>
    s.kind === "gradient" ? [s.parameter.name] : [],
  );
  const direction = Object.fromEntries(
    parameters.map((p) => [`d${p}`, normal(leaves[p]!.rows, leaves[p]!.cols)]),
  );
  const followed = follow(derivation, { ...leaves, ...direction });

  test("every line of every chain has the same value", () => {
    expect(followed.equal.length).toBeGreaterThan(1);
    for (const { left, sides } of followed.equal)
      for (const [i, side] of sides.entries()) expectClose(side, sides[0]!, 1e-10, `${left}, line ${i + 1}`);
  });

  /** The loss at the parameters moved by t along the direction. */
  const lossAt = (t: number): number => {
    const moved = parameters.map((p): [string, Matrix] => [
      p,
      make(leaves[p]!.rows, leaves[p]!.cols, (i, j) => {
        const k = i * leaves[p]!.cols + j;
        return leaves[p]!.data[k]! + t * direction[`d${p}`]!.data[k]!;
      }),
    ]);
    return follow(derivation, { ...leaves, ...direction, ...Object.fromEntries(moved) }).values[loss]!
      .data[0]!;
  };
  /** Short, so that no relu is crossed on the way. */
  const step = 1e-4 / Math.hypot(1, ...Object.values(direction).flatMap((m) => Array.from(m.data)));
  const numeric = (8 * (lossAt(step) - lossAt(-step)) - (lossAt(2 * step) - lossAt(-2 * step))) / (12 * step);

  test("the gradients give the measured change of the loss in a direction", () => {
    const predicted = parameters.reduce((sum, p) => {
      const gradient = followed.gradients[p]!;
      return sum + gradient.data.reduce((s, v, i) => s + v * direction[`d${p}`]!.data[i]!, 0);
    }, 0);
    expect(Math.abs(predicted - numeric) / Math.max(1, Math.abs(numeric))).toBeLessThan(1e-8);
  });

  test("each gradient has the size of its parameter", () => {
    for (const p of parameters)
      expect([followed.gradients[p]!.rows, followed.gradients[p]!.cols]).toEqual([
        leaves[p]!.rows,
        leaves[p]!.cols,
      ]);
  });

  test.runIf(engine !== undefined)("each gradient is the engine's", () => {
    expect(Object.keys(followed.gradients).sort()).toEqual(Object.keys(engine!).sort());
    for (const p of parameters) expectClose(followed.gradients[p]!, engine![p]!, 1e-10, p);
  });
});

test("a wrong line is found: the check of the lines can fail", () => {
  const { derivation, leaves } = cases[0]!;
  const wrong: Derivation = {
    ...derivation,
    steps: derivation.steps.map((s) =>
      s.kind === "chain"
        ? { ...s, lines: [...s.lines, { ...s.lines[0]!, of: { kind: "number", value: 1 } }] }
        : s,
    ),
  };
  const { equal } = follow(wrong, { ...leaves, dw: normal(2, 1), db: normal(1, 1) });
  const spread = equal.map(({ sides }) =>
    Math.max(...sides.map((s) => Math.abs(s.data[0]! - sides[0]!.data[0]!))),
  );
  expect(Math.max(...spread)).toBeGreaterThan(1e-3);
});

test("plain matrices: what does not fit is refused with both sizes", () => {
  expect(() =>
    follow({ letters: [], steps: ofSquares.steps.slice(0, 1) }, { X: ones(3, 4), W1: ones(3, 3) }),
  ).toThrow("product: 3×4 and 3×3 do not fit.");
  expect(transpose(each(given(1, 2, [1, 2]), (v) => 2 * v)).data).toEqual(Float64Array.of(2, 4));
});
