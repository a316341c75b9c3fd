/**
 * Measures a model without training it: loss and accuracy over rows, the length of every gradient, and the outputs of
 * every layer. All compiled entries on the model's own engine.
 */
import {
  type FloatArray,
  forward,
  LOSSES,
  METRICS,
  type Model,
  objective,
  type Tensor,
  weightLeaf,
} from "papergrad";
import type { Entry, Graph, Node } from "papergrad/engine";
import { type Part, targetsOf } from "./data.ts";
import type { Head } from "./network.ts";
import type { Activations, Values } from "./protocol.ts";

/** At most so many rows are measured at a point of the curves. */
export const MOST_MEASURED = 2000;

/** What one part of the rows gives. */
interface Measured {
  readonly loss: number;
  readonly accuracy?: number;
  readonly gradients: readonly number[];
}

/** Measures one part of the rows; they are uploaded once. */
export function probe(model: Model, head: Head, name: "train" | "test", part: Part): () => Measured {
  const { state, network } = model;
  const rows = Math.min(part.x.shape[0], MOST_MEASURED);
  const targets = targetsOf(part, head.oneHot);
  const columns = "shape" in targets ? targets.shape[1] : 1;
  const x = `probe/${name}/x`;
  const y = `probe/${name}/y`;
  const bytes = part.x.data instanceof Uint8Array;
  const entry = state.entry("probe", [name, rows, columns, bytes, head], (g) => {
    const shape = [rows, network.inputs] as const;
    const index = bytes ? g.index(`probe/${name}/index`, rows) : null;
    const input = index ? g.gather(g.bytes(x, shape), index, rows) : g.input(x, shape);
    const target = g.input(y, [rows, columns]);
    const loss = LOSSES[head.loss]();
    const total = objective(g, network, input, target, { loss, metrics: [], training: false }).loss;
    g.metric("loss", total);
    if (name === "train") gradientMetrics(g, model, total);
    if (loss.targets !== "numbers" || head.oneHot > 0)
      g.metric(
        "accuracy",
        METRICS.accuracy(g, { ...forward(g, network, input, { training: false }), loss, target }),
      );
  });
  const data = "shape" in targets ? targets.data : targets;
  const signs = LOSSES[head.loss]().targets === "signs";
  if (bytes)
    state.engine.write(
      `probe/${name}/index`,
      Int32Array.from({ length: rows }, (_, i) => i),
    );
  state.engine.live(x).set(part.x.data.subarray(0, rows * network.inputs));
  state.engine.live(y).set(data.subarray(0, rows * columns).map((v) => (signs && v === 0 ? -1 : v)));
  return () => measure(entry, model);
}

function gradientMetrics(g: Graph, { network }: Model, loss: Node): void {
  const leaves = network.weights.filter((w) => w.trainable).map((w) => weightLeaf(g, network, w));
  const gradients = g.gradient(loss, leaves);
  for (const [i, gradient] of gradients.entries()) g.metric(`d${i}`, g.sqrt(g.sum(g.square(gradient))));
}

function measure(entry: Entry, { weights }: Model): Measured {
  entry.stepNumber = 0;
  const { metrics } = entry.run(1);
  const of = (name: string) => metrics[name]?.[0];
  const accuracy = of("accuracy");
  return {
    loss: of("loss")!,
    ...(accuracy !== undefined && { accuracy }),
    gradients: weights.flatMap((_, i) => of(`d${i}`) ?? []),
  };
}

/** Train and test values under their names. */
export const valuesOf = (train: Measured, test: Measured | null): Values => ({
  loss: train.loss,
  ...(train.accuracy !== undefined && { accuracy: train.accuracy }),
  ...(test && { testLoss: test.loss }),
  ...(test?.accuracy !== undefined && { testAccuracy: test.accuracy }),
});

/** Outputs of the layers of a model for some rows, in prediction mode. */
export function activationsOf(
  model: Model,
  x: Tensor<ArrayLike<number>>,
  layers: "all" | "last",
): Activations {
  const { state, network } = model;
  const [rows] = x.shape;
  const input = `activations/x ${rows}`;
  const widths = network.layers.filter((l) => l.weights.length > 0).map((l) => l.plan.outputs);
  const shown = layers === "all" ? widths.map((_, i) => i) : [widths.length - 1];
  const output = (i: number) => `activations/${rows} ${i}`;
  const entry = state.entry("activations", [rows, layers], (g) => {
    const { output: last } = forward(g, network, g.input(input, [rows, network.inputs]), { training: false });
    for (const i of shown) {
      const own = (letter: string) => g.nodes.find((n) => n.label === `${letter}${i + 1}`);
      const node = i === widths.length - 1 ? last : (own("a") ?? own("z")!);
      g.store(g.parameter(output(i), [rows, widths[i]!]), node);
    }
  });
  state.engine.live(input).set(x.data);
  entry.run(1);
  return { rows, layers: shown.map((i) => (state.engine.live(output(i)) as FloatArray).slice()) };
}
