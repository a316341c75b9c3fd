/**
 * Losses: one number for how far the output of a batch is from its targets. Always a 1×1 node.
 *
 * What is averaged (Keras's conventions): over all B × O elements, except categorical cross-entropy, which sums
 * over the classes of a row and averages over the B rows. Both cross-entropies take logits (the pre-activations
 * z of the last layer) and carry their own gradient, (p − y)/N; `train/step` hands them what they want.
 */
import type { Graph } from "../graph/graph.ts";
import type { Node } from "../graph/nodes.ts";
import { UsageError } from "../tensor/errors.ts";
import { lookup } from "../tensor/names.ts";
import { checkOptions, flags, hasMethods, isNumber, names } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import { madeOf, ownerIdentity } from "./identity.ts";

/** What the targets of a loss are; decides how `y` is checked and encoded. */
export type TargetKind =
  /** Class numbers [B, 1] or one-hot rows [B, classes]. */
  | "classes"
  /** Probabilities 0 … 1, usually 0 or 1. */
  | "binary"
  /** −1 or 1 (0 is read as −1). */
  | "signs"
  /** Any finite numbers. */
  | "numbers";

/** A loss: how it is computed, and what it wants of the network and the targets. */
export interface Loss {
  readonly name: string;
  /** The options. Name and config identify a loss: different ones differ in them. */
  readonly config: Readonly<Record<string, number | boolean>>;
  /** Whether `apply` takes the pre-activations of the last layer, or its activations. */
  readonly takes: "logits" | "output";
  /** The last activation that turns those logits into what `predict` returns. */
  readonly link?: "sigmoid" | "softmax";
  readonly targets: TargetKind;
  /** With "classes", true: class numbers only; false: one-hot rows only; absent: whichever y has. */
  readonly sparse?: boolean;
  /** Mean loss of the batch, 1×1. Shapes: prediction [B, O]; target [B, O], or [B, 1] class numbers. */
  apply(g: Graph, prediction: Node, target: Node): Node;
}

/**
 * −mean over all B × O elements of y·log p + (1 − y)·log(1 − p), p = sigmoid(z); computed as softplus(z) − y·z,
 * which is finite for every z. Gradient: (p − y)/(B·O).
 * Shapes: logits z [B, O], y [B, O] in 0 … 1.
 * @example
 * const model = sequential([activation("sigmoid")], { inputShape: [1] });
 * model.evaluate([[0]], [1], { loss: binaryCrossentropy() }).loss // 0.6931, ln 2
 * @see Goodfellow, Bengio & Courville (2016), section 6.2.2.2
 */
export function binaryCrossentropy(): Loss {
  return own({
    name: "binaryCrossentropy",
    config: {},
    takes: "logits",
    link: "sigmoid",
    targets: "binary",
    apply(g, z, y) {
      const loss = g.mean(g.sub(g.softplus(z), g.mul(y, z)));
      const n = z.shape[0] * z.shape[1];
      loss.rule = {
        inputs: [z],
        gradient: (up) => [g.mul(up, g.div(g.sub(g.sigmoid(z), y), n))],
      };
      return loss;
    },
  });
}

/**
 * −mean over the B rows of Σ_k y_k·log p_k, p = softmax(z); computed as log Σ e^z − Σ y·z from z − max z.
 * Gradient: (p − y)/B. One-hot rows must sum to 1.
 * Shapes: logits z [B, classes]; y [B, 1] class numbers, or [B, classes] with rows summing to 1.
 * @param options `sparse`: true accepts class numbers only, false one-hot rows only; without it either.
 * @example
 * const model = sequential([activation("softmax")], { inputShape: [3] });
 * model.evaluate([[0, 0, 0]], [2], { loss: categoricalCrossentropy() }).loss // 1.0986, ln 3
 * @see Goodfellow, Bengio & Courville (2016), section 6.2.2.3
 */
export function categoricalCrossentropy(options: { readonly sparse?: boolean } = {}): Loss {
  checkOptions("categoricalCrossentropy", flags("sparse"), options);
  return own({
    name: options.sparse === true ? "sparseCategoricalCrossentropy" : "categoricalCrossentropy",
    config: { ...options },
    takes: "logits",
    link: "softmax",
    targets: "classes",
    ...(options.sparse === undefined ? {} : { sparse: options.sparse }),
    apply(g, z, labels) {
      const [rows, classes] = z.shape;
      const y = labels.shape[1] === 1 ? g.oneHot(labels, classes) : labels;
      const shifted = g.sub(z, g.maximum(z, "cols"));
      const e = g.exp(shifted);
      const total = g.sum(e, "cols");
      // log Σ e^z − Σ y·z is the same after subtracting the row's maximum from every z, as Σ y = 1.
      const loss = g.mean(g.sub(g.log(total), g.sum(g.mul(y, shifted), "cols")));
      loss.rule = {
        inputs: [z],
        gradient: (up) => [g.mul(up, g.div(g.sub(g.div(e, total), y), rows))],
      };
      return loss;
    },
  });
}

/**
 * Mean over all elements of (a − y)². Shapes: [B, O] both.
 * @example
 * const model = sequential([activation("linear")], { inputShape: [1] });
 * model.evaluate([[3]], [1], { loss: meanSquaredError() }).loss // 4
 */
export function meanSquaredError(): Loss {
  return onOutput("meanSquaredError", "numbers", (g, a, y) => g.square(g.sub(a, y)));
}

/**
 * Mean over all elements of |a − y|; slope 0 where they are equal. Shapes: [B, O] both.
 * @example
 * const model = sequential([activation("linear")], { inputShape: [1] });
 * model.evaluate([[3]], [1], { loss: meanAbsoluteError() }).loss // 2
 */
export function meanAbsoluteError(): Loss {
  return onOutput("meanAbsoluteError", "numbers", (g, a, y) => g.abs(g.sub(a, y)));
}

/**
 * Mean over all elements of e²/2 where |e| ≤ δ, else δ·(|e| − δ/2), with e = a − y. Shapes: [B, O] both.
 * @param options `delta` > 0, default 1, in the unit of y.
 * @throws {UsageError} if delta is not positive.
 * @example
 * const model = sequential([activation("linear")], { inputShape: [1] });
 * model.evaluate([[3]], [1], { loss: huber({ delta: 1 }) }).loss // 1.5: 1·(2 − 1/2)
 * @see Huber (1964), Robust Estimation of a Location Parameter
 */
export function huber(options: { readonly delta?: number } = {}): Loss {
  checkOptions("huber", names("delta"), options);
  const { delta = 1 } = options;
  if (!isNumber(delta) || delta <= 0)
    throw new UsageError(`huber: expected a finite delta > 0, received ${show(delta)}. Give e.g. 1.`);
  return onOutput(
    "huber",
    "numbers",
    (g, a, y) => {
      const e = g.sub(a, y);
      const size = g.abs(e);
      return g.select(
        g.lessEqual(size, delta),
        g.mul(0.5, g.square(e)),
        g.mul(delta, g.sub(size, delta / 2)),
      );
    },
    { delta },
  );
}

/**
 * Mean over all elements of max(0, 1 − y·a), y = ±1 (targets of 0 are read as −1); slope 0 at the corner.
 * Shapes: [B, O] both.
 * @example
 * const model = sequential([activation("linear")], { inputShape: [1] });
 * model.evaluate([[0.25]], [-1], { loss: hinge() }).loss // 1.25
 * @see Cortes & Vapnik (1995), Support-Vector Networks
 */
export function hinge(): Loss {
  return onOutput("hinge", "signs", (g, a, y) => g.relu(g.sub(1, g.mul(y, a))));
}

function onOutput(
  name: string,
  targets: TargetKind,
  term: (g: Graph, a: Node, y: Node) => Node,
  config: Loss["config"] = {},
): Loss {
  return own({ name, config, takes: "output", targets, apply: (g, a, y) => g.mean(term(g, a, y)) });
}

/** Marks a loss of papergrad: its name and config say all about it. */
function own(loss: Loss): Loss {
  madeOf(loss.apply, loss.name, loss.config);
  return loss;
}

/** Everything that tells one loss's compiled code from another's, as plain data. */
export const lossKey = (loss: Loss): readonly unknown[] => [
  loss.name,
  loss.config,
  loss.takes,
  loss.targets,
  ownerIdentity(loss, loss.apply),
];

/** Whether a value can be used as a loss. */
export const isLoss = (v: unknown): v is Loss =>
  hasMethods("apply")(v) &&
  typeof (v as Loss).name === "string" &&
  ["logits", "output"].includes((v as Loss).takes) &&
  ["classes", "binary", "signs", "numbers"].includes((v as Loss).targets);

/** The losses that a string can name, with their default options. */
export const LOSSES = {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy: () => categoricalCrossentropy({ sparse: true }),
  meanSquaredError,
  meanAbsoluteError,
  huber,
  hinge,
} as const satisfies Record<string, () => Loss>;

/** A name of `LOSSES`. */
export type LossName = keyof typeof LOSSES;

/** @throws {UsageError} for a name that is not in the table. */
export const lossOf = (where: string, loss: LossName | Loss): Loss =>
  typeof loss === "string" ? lookup<() => Loss>(where, "loss", LOSSES, loss)() : loss;
