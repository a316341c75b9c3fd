/**
 * The training steps that Pencil writes out: each program of the tutorials at its own start, and what `checkGradients`
 * needs to hold its gradients against differences at any numbers.
 *
 * Moons takes 8 of its 900 points and MNIST the first 4 images of its first batch: all else is the program's own. Only
 * what builds a step is loaded, a program at a time.
 */
import { RandomState } from "papergrad";
import type { Mnist } from "papergrad/data";
import { createEngine, type Entry } from "papergrad/engine";
import type { GradientProblem } from "papergrad/inspect";
import type { Gate } from "../../experiments/one-net/gate.ts";
import type { ProgramName, Variant } from "../../experiments/types.ts";

/** What a program is made of here. */
export interface PencilProgram {
  /** The step with data and start values in place. */
  prepare(variant: Variant): Entry;
  /** Its loss and gradients; `values` are those at the start, to be replaced by others of the same names. */
  problem(variant: Variant): GradientProblem;
}

/** Where MNIST comes from: the page fetches it, tests read it. */
export type LoadMnist = () => Promise<Mnist>;

/** A program, loaded. */
export function loadProgram(name: ProgramName, mnist: LoadMnist): Promise<PencilProgram> {
  switch (name) {
    case "and":
    case "or":
    case "not":
      return gate(name);
    case "xor":
      return xor();
    case "iris":
      return iris();
    case "mnist":
      return digitImages(mnist);
    case "moons":
      return moons();
    case "digits":
      return digits();
    case "pencil":
      return pencil();
  }
}

const OPTIONS = { backend: "wasm", dtype: "float64" } as const;

async function gate(name: Gate["name"]): Promise<PencilProgram> {
  const [{ AND, NOT, OR }, net, { gradientProblem }] = await Promise.all([
    import("../../experiments/one-net/gate.ts"),
    import("../../experiments/one-net/net.ts"),
    import("../../experiments/one-net/gradient.ts"),
  ]);
  const own = { and: AND, or: OR, not: NOT }[name];
  return {
    prepare(variant) {
      const made = net.createOneNet(own, { ...OPTIONS, variant });
      net.begin(made, net.startValues(own, 1, made.columns));
      return made.step;
    },
    problem: (variant) => gradientProblem(own, variant),
  };
}

async function xor(): Promise<PencilProgram> {
  const [net, { HIDDEN_IN_TEXT }, { gradientProblem }] = await Promise.all([
    import("../../experiments/xor/net.ts"),
    import("../../experiments/xor/step.ts"),
    import("../../experiments/xor/gradient.ts"),
  ]);
  return {
    prepare(variant) {
      const made = net.createTwoNet(HIDDEN_IN_TEXT, { ...OPTIONS, variant });
      net.begin(made, net.startValues(HIDDEN_IN_TEXT, 0));
      return made.step;
    },
    problem: gradientProblem,
  };
}

async function iris(): Promise<PencilProgram> {
  const [net, { threeNetProblem }] = await Promise.all([
    import("../../experiments/iris/net.ts"),
    import("../../experiments/shared/three-net.ts"),
  ]);
  const start = net.start(3);
  return {
    prepare(variant) {
      const made = net.irisEngine(variant, OPTIONS);
      net.load(made, start);
      return made.step;
    },
    problem: (variant) =>
      threeNetProblem(
        "iris",
        variant,
        net.NET,
        { x: start.x.subarray(0, net.TRAIN * net.NET.inputs), y: start.y.subarray(0, net.TRAIN) },
        start.values,
      ),
  };
}

/** Images that are written out: a full batch of 256 would be the same four lines over and over. */
const IMAGES = 4;

async function digitImages(load: LoadMnist): Promise<PencilProgram> {
  const [{ NET, shuffledOrder }, three, { train }] = await Promise.all([
    import("../../experiments/mnist/net.ts"),
    import("../../experiments/shared/three-net.ts"),
    load(),
  ]);
  const random = new RandomState(0);
  const order = shuffledOrder(train.labels, random).subarray(0, IMAGES);
  const values = three.startValues(random, NET);
  const x = Float64Array.from({ length: IMAGES * NET.inputs }, (_, i) => {
    const row = order[Math.floor(i / NET.inputs)]!;
    return train.images.data[row * NET.inputs + (i % NET.inputs)]!;
  });
  const y = Float64Array.from(order, (row) => train.labels[row]!);
  return {
    prepare(variant) {
      const engine = createEngine(OPTIONS);
      const step = engine.entry("step", (g) => {
        const a0 = g.label("a0", g.input("x", [IMAGES, NET.inputs]));
        three.trainingStep(variant, g, a0, g.input("y", [IMAGES, 1]), NET);
      });
      engine.write("x", x);
      engine.write("y", y);
      three.writeParameters(engine, values);
      return step;
    },
    problem: (variant) => three.threeNetProblem("mnist", variant, NET, { x, y }, values),
  };
}

/** Points that are written out, as many as the program's own gradient check takes. */
const POINTS = 8;

async function moons(): Promise<PencilProgram> {
  const [
    { initLayers, NN_ARCHITECTURE, parameterNames },
    { moonsData },
    { costAndGradients },
    { fullBatchStep },
  ] = await Promise.all([
    import("../../experiments/moons/architecture.ts"),
    import("../../experiments/moons/data.ts"),
    import("../../experiments/moons/step.ts"),
    import("../../experiments/moons/train.ts"),
  ]);
  const { train } = moonsData();
  const points = { X: train.X.slice(0, 2 * POINTS), Y: train.Y.slice(0, POINTS) };
  const params = initLayers(NN_ARCHITECTURE, 2);
  return {
    prepare: (variant) => fullBatchStep({ ...OPTIONS, variant, params }, points),
    problem: (variant) => ({
      name: `moons, ${variant}`,
      build(g) {
        const X = g.input("X", [POINTS, 2]);
        const Y = g.input("Y", [POINTS, 1]);
        const { loss, gradients } = costAndGradients(g, variant, NN_ARCHITECTURE, X, Y);
        const names = parameterNames(NN_ARCHITECTURE);
        const all = gradients.flatMap(({ dW, db }) => [dW, db]);
        return { loss, gradients: Object.fromEntries(names.map((name, i) => [name, all[i]!])) };
      },
      values: { ...params, ...points },
    }),
  };
}

async function digits(): Promise<PencilProgram> {
  const { debugDescent, debugProblem } = await import("../../experiments/digits/debug-net.ts");
  return { prepare: (variant) => debugDescent(variant, OPTIONS), problem: debugProblem };
}

async function pencil(): Promise<PencilProgram> {
  const [{ numpyStart, pencilEntry, shapes, X, Y }, { forward, printedGradients }] = await Promise.all([
    import("../../experiments/pencil/train.ts"),
    import("../../experiments/pencil/step.ts"),
  ]);
  const start = numpyStart(0);
  return {
    prepare: (variant) => pencilEntry(variant, start, OPTIONS),
    problem: (variant) => ({
      name: `pencil, ${variant}`,
      build(g) {
        const f = forward(g, shapes);
        const wanted = [f.W1, f.W2, f.W3] as const;
        const [g1, g2, g3] = variant === "published" ? printedGradients(g, f) : g.gradient(f.sum, wanted);
        return { loss: f.sum, gradients: { W1: g1!, W2: g2!, W3: g3! } };
      },
      values: { X: X.flat(), Y: Y.flat(), W1: start[0], W2: start[1], W3: start[2] },
    }),
  };
}
