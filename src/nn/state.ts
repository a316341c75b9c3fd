/**
 * Everything a model keeps: its engine, its flat parameter vector, the state of normalizations, the slots of
 * optimizers, the compiled entries, the random generator and the number of steps done.
 *
 * Training, prediction and file formats work on this; `Model` is the face of it that users see.
 */

import { checkFinite, Engine, type Entry } from "../compile/engine.ts";
import type { Backend } from "../compile/program.ts";
import type { Graph } from "../graph/graph.ts";
import type { BufferLeaf } from "../graph/nodes.ts";
import { RandomState } from "../random/index.ts";
import { ShapeError } from "../tensor/errors.ts";
import {
  allocate,
  type DType,
  type FloatArray,
  type MatrixLike,
  readMatrix,
  sizeOf,
  type Tensor,
} from "../tensor/tensor.ts";
import { type Network, type PlacedWeight, weightLeaf } from "./network.ts";

/** A copy of all kept numbers. */
export type Snapshot = ReadonlyMap<string, FloatArray>;

/**
 * What a model keeps between steps: engine, weights, optimizer slots, random numbers, compiled entries.
 * @example
 * const { state } = sequential([dense(1)], { inputShape: [2] });
 * const before = state.snapshot();
 * state.engine.live("parameters").fill(0);
 * state.restore(before);
 * state.stepCount // 0
 */
export class ModelState {
  /** The planned layers. */
  readonly network: Network;
  /** The engine with all matrices. */
  readonly engine: Engine;
  /** Draws the first weights, then the order of the examples of each epoch. */
  random: RandomState;
  /** Training steps done in the life of the model: numbers dropout masks and learning rates. */
  stepCount = 0;
  /** Which optimizer the slots belong to: its name and config. */
  optimizerKey = "";
  private readonly kept = new Set<string>();
  private readonly entries = new Map<string, Entry>();

  constructor(network: Network, backend: Backend, options: { dtype: DType; seed: number }) {
    this.network = network;
    this.engine = new Engine(backend, options);
    this.random = new RandomState(options.seed);
    this.entry("weights", [], (g) => {
      if (network.parameterCount > 0) this.keep(g, "parameters", network.parameterCount);
      if (network.stateCount > 0) this.keep(g, "state", network.stateCount);
    });
    this.initialize();
  }

  /**
   * A compiled entry, built the first time it is asked for with these details: plain data that tell it from every
   * other; functions stand there by their `identityOf`.
   */
  entry(name: string, details: readonly unknown[], build: (g: Graph) => void): Entry {
    const key = JSON.stringify([name, ...details]);
    const known = this.entries.get(key);
    if (known) return known;
    const made = this.engine.entry(name, build);
    this.entries.set(key, made);
    return made;
  }

  /** A flat vector [1, length] that belongs to the state, so that snapshots have it. */
  keep(g: Graph, name: string, length: number): BufferLeaf {
    this.kept.add(name);
    return g.parameter(name, [1, length]);
  }

  /** The slot of an optimizer for one trainable weight, a view of a vector as long as the parameters. */
  slot(g: Graph, name: string, weight: PlacedWeight): BufferLeaf {
    const vector = this.keep(g, `optimizer/${name}`, this.network.parameterCount);
    const leaf = g.view(vector, { offset: weight.offset, shape: weight.shape });
    leaf.label = `${name.slice(name.lastIndexOf("/") + 1)}_${weight.label}`;
    return leaf;
  }

  /** Sets every slot of every optimizer to 0. */
  clearSlots(): void {
    for (const name of this.kept) if (name.startsWith("optimizer/")) this.engine.live(name).fill(0);
  }

  /** Trainable weights as leaves of a graph. */
  parameters(g: Graph): { weight: PlacedWeight; leaf: BufferLeaf }[] {
    const trained = this.network.weights.filter((w) => w.trainable);
    return trained.map((weight) => ({ weight, leaf: weightLeaf(g, this.network, weight) }));
  }

  /** Copies of all kept numbers: parameters, state, optimizer slots. */
  snapshot(): Snapshot {
    return new Map([...this.kept].map((name) => [name, (this.engine.live(name) as FloatArray).slice()]));
  }

  /** Goes back to a snapshot. Slots that were made after it become 0. */
  restore(snapshot: Snapshot): void {
    for (const name of this.kept) {
      const live = this.engine.live(name);
      const saved = snapshot.get(name);
      if (saved) live.set(saved);
      else live.fill(0);
    }
  }

  /** Copy of one weight. */
  read(weight: PlacedWeight): Tensor<FloatArray> {
    const data = allocate(this.engine.dtype, sizeOf(weight.shape));
    data.set(this.part(weight));
    return { shape: weight.shape, data };
  }

  /**
   * Writes all weights, or none if one cannot be written.
   * @throws {ShapeError} if shapes differ; {UsageError} for NaN, infinity or what float32 cannot hold.
   */
  write(where: string, values: readonly MatrixLike[]): void {
    const { weights } = this.network;
    const checked = weights.map((w, i) => {
      const m = readMatrix(where, w.path, values[i]!);
      if (m.shape[0] !== w.shape[0] || m.shape[1] !== w.shape[1])
        throw new ShapeError(
          `${where}: ${w.path} is [${w.shape}], received [${m.shape}]. Give weights of the same model.`,
        );
      checkFinite(`${where}: ${w.path}`, m.data, m.shape[1], this.engine.dtype);
      return m.data;
    });
    weights.forEach((w, i) => {
      this.part(w).set(checked[i]!);
    });
  }

  private part(weight: PlacedWeight): FloatArray {
    const whole = this.engine.live(weight.trainable ? "parameters" : "state") as FloatArray;
    return whole.subarray(weight.offset, weight.offset + sizeOf(weight.shape));
  }

  private initialize(): void {
    for (const w of this.network.weights) {
      const drawn = w.initializer.draw(this.random, w.shape);
      const where = `sequential: ${w.path}: ${w.initializer.name}`;
      if (drawn?.length !== sizeOf(w.shape))
        throw new ShapeError(
          `${where}: expected ${sizeOf(w.shape)} values for [${w.shape}], received ${drawn?.length ?? "none"}. Return rows × columns numbers from draw.`,
        );
      checkFinite(where, drawn, w.shape[1], this.engine.dtype);
      this.part(w).set(drawn);
    }
  }
}
