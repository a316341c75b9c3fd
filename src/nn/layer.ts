/**
 * What a layer is: a plain object that can plan itself for a number of inputs.
 *
 * The plan names the layer's parameters (trained) and its state (kept between steps, not trained), and appends
 * its arithmetic to a graph. A layer knows nothing of engines, losses or optimizers; write your own by
 * returning such an object.
 */
import type { Graph } from "../graph/graph.ts";
import type { BufferLeaf, Node } from "../graph/nodes.ts";
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { show } from "../tensor/show.ts";
import type { Shape } from "../tensor/tensor.ts";
import type { ActivationFunction } from "./activations.ts";
import type { Initializer } from "./initializers.ts";
import type { Regularizer } from "./regularizers.ts";

/** A layer: plain data, and `plan`, which fits it to a number of inputs. */
export interface Layer {
  readonly kind: string;
  /** Default: kind + "_" + position in the model. */
  readonly name?: string;
  /** The options the layer was made with, defaults filled in: what a file format stores. */
  readonly config: object;
  /** @throws {ShapeError} if the layer cannot take that many inputs. */
  plan(inputs: number): LayerPlan;
}

/** A matrix the layer owns. */
export interface WeightSpec {
  /** "kernel", "bias", "gamma", … */
  readonly name: string;
  /** Letter in formulas and traces, e.g. W; the position of the layer is appended. */
  readonly letter: string;
  readonly shape: Shape;
  readonly initializer: Initializer;
  readonly regularizer?: Regularizer;
}

/** A layer fitted to its inputs: the weights it needs and its arithmetic. */
export interface LayerPlan {
  readonly outputs: number;
  readonly parameters: readonly WeightSpec[];
  readonly state: readonly WeightSpec[];
  /** Whether two training steps on the same batch can differ (dropout). */
  readonly random?: boolean;
  /** Where `apply` is nothing but x·scale: a next layer that `scalesInput` takes it over. */
  readonly scale?: number;
  /** Whether `apply` honours `context.inputScale`. */
  readonly scalesInput?: boolean;
  /** Before the activation. Shapes: x [B, inputs] → [B, outputs]. */
  apply(g: Graph, x: Node, context: LayerContext): Node;
  /** What follows `apply`; absent is linear. A cross-entropy on the last layer reads the value before it. */
  readonly activation?: ActivationFunction;
}

/** What `apply` of a plan is told. */
export interface LayerContext {
  /** Batch statistics, dropout masks and state updates belong to training only. */
  readonly training: boolean;
  /** x is to be read as x·inputScale; always 1 for a layer that does not say `scalesInput`. */
  readonly inputScale?: number;
  /** A parameter or state matrix of this layer, by its name. */
  weight(name: string): BufferLeaf;
}

/** @throws {UsageError} unless `units` is a whole number ≥ 1. */
export function checkUnits(where: string, name: string, units: number): void {
  if (!Number.isInteger(units) || units < 1)
    throw new UsageError(
      `${where}: expected ${name} to be a whole number ≥ 1, received ${show(units)}. Give e.g. 16.`,
    );
}

/** @throws {ShapeError} unless there is at least one input. */
export function checkInputs(where: string, inputs: number): void {
  if (!Number.isInteger(inputs) || inputs < 1)
    throw new ShapeError(
      `${where}: expected at least 1 input, received ${inputs}. Give inputShape [features].`,
    );
}
