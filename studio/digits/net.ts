/**
 * The network of the Digits room, with the pictures beside it in one engine: it trains, measures itself, answers one
 * picture layer by layer, and says what the score of a digit depends on.
 *
 * Pixels stay bytes; the first layer scales them and skips the zeros. The same setting gives the same bits at every
 * step, whatever the threads and however the steps are cut into pieces. No page and no worker here: `worker.ts`.
 */
import {
  type ActivationName,
  adam,
  categoricalCrossentropy,
  dense,
  forward,
  type Model,
  rescaling,
  sequential,
  type Trainer,
} from "papergrad";
import type { DigitImages, Mnist } from "papergrad/data";
import type { Entry, Graph, Node } from "papergrad/engine";
import { PIXELS } from "./centre.ts";
import { CLASSES, likeliest } from "./predictions.ts";

/** What a training run is, and nothing else: the same setting, the same run. */
export interface DigitsSetting {
  /** Units of the hidden layers, at least one. */
  readonly hidden: readonly number[];
  readonly activation: Exclude<ActivationName, "softmax">;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Training pictures used, from the first on. */
  readonly pictures: number;
  readonly seed: number;
}

/** The tutorial's widths; a rate and a batch that learn fast. */
export const DIGITS_SETTING: DigitsSetting = {
  hidden: [200, 80],
  activation: "relu",
  learningRate: 0.001,
  batchSize: 128,
  pictures: 60_000,
  seed: 1,
};

/** How well the network does on the test pictures. */
export interface Measured {
  readonly step: number;
  readonly accuracy: number;
  readonly loss: number;
  /** `CLASSES` for each picture. */
  readonly probabilities: Float32Array;
}

/** What the layers say to one picture. */
export interface Answer {
  /** Activations of each hidden layer. */
  readonly hidden: readonly Float32Array[];
  readonly probabilities: Float32Array;
  /** The digit whose score was asked for: the one given, or the likeliest. */
  readonly digit: number;
  /** Gradient of that digit's score (before the softmax) by each pixel, the pixel going from 0 to 1. */
  readonly saliency: Float32Array;
}

/** Test pictures measured at once: as many as go into their number, at most these. */
const MEASURED = 500;

function measuredAtOnce(rows: number): number {
  let size = Math.min(MEASURED, rows);
  while (rows % size !== 0) size--;
  return size;
}

/** Where the engine runs. */
export interface Placement {
  readonly threads?: number;
  /** Default "float32". */
  readonly dtype?: "float32" | "float64";
}

/** A network on MNIST. */
export class DigitsNet {
  readonly setting: DigitsSetting;
  readonly model: Model;
  private readonly test: DigitImages;
  private readonly trainer: Trainer;
  private readonly measureStep: Entry;
  private readonly look: Entry;
  constructor(mnist: Mnist, setting: DigitsSetting, placement: Placement = {}) {
    this.setting = setting;
    this.test = mnist.test;
    const { hidden, activation, seed, batchSize } = setting;
    this.model = sequential(
      [
        rescaling(1 / 255),
        ...hidden.map((units) => dense(units, { activation, kernelInitializer: "heUniform" })),
        dense(CLASSES, { activation: "softmax" }),
      ],
      { inputShape: [PIXELS], seed, ...placement },
    );
    const rows = Math.min(setting.pictures, mnist.train.labels.length);
    const x = { shape: [rows, PIXELS], data: mnist.train.images.data.subarray(0, rows * PIXELS) } as const;
    this.trainer = this.model.trainer(x, mnist.train.labels.subarray(0, rows), {
      optimizer: adam({ learningRate: setting.learningRate }),
      metrics: [],
      batchSize,
    });
    this.measureStep = this.measuring();
    this.look = this.looking();
    const { engine } = this.model.state;
    engine.live("test pictures").set(mnist.test.images.data);
    engine.live("test digits").set(mnist.test.labels);
    const testRows = Int32Array.from(mnist.test.labels, (_, i) => i);
    engine.write("test order", testRows);
  }

  /** Steps done. */
  get step(): number {
    return this.trainer.stepsDone;
  }

  get stepsPerEpoch(): number {
    return this.trainer.stepsPerEpoch;
  }

  /**
   * Trains so many steps; gives the loss of each, before its update. Where a loss is not finite any more the run stops
   * before that step.
   */
  train(steps: number): { readonly losses: Float32Array; readonly diverged: boolean } {
    const { metrics, halted } = this.trainer.run(steps);
    return { losses: Float32Array.from(metrics.loss!), diverged: halted };
  }

  /** Answers all test pictures. */
  measure(): Measured {
    const rows = this.test.labels.length;
    const probabilities = new Float32Array(rows * CLASSES);
    const { engine } = this.model.state;
    let [correct, loss] = [0, 0];
    const size = measuredAtOnce(rows);
    const pieces = rows / size;
    this.measureStep.stepNumber = 0;
    for (let i = 0; i < pieces; i++) {
      const { metrics } = this.measureStep.run();
      correct += metrics.correct![0]!;
      loss += metrics.loss![0]! / pieces;
      probabilities.set(engine.live("test answers"), i * size * CLASSES);
    }
    return { step: this.step, accuracy: correct / rows, loss, probabilities };
  }

  /** Answers one picture of 784 pixels, 0 … 255, and differentiates the score of a digit, or of the likeliest. */
  answer(pixels: ArrayLike<number>, digit: number | null): Answer {
    const { engine } = this.model.state;
    const read = (name: string) => Float32Array.from(engine.read(name).data);
    engine.write("look pixels", pixels);
    const ask = (k: number) => {
      engine.write(
        "look digit",
        Array.from({ length: CLASSES }, (_, i) => (i === k ? 1 : 0)),
      );
      this.look.run();
    };
    ask(digit ?? 0);
    const probabilities = read("look answer");
    const asked = digit ?? likeliest(probabilities);
    if (digit === null) ask(asked);
    return {
      hidden: this.setting.hidden.map((_, k) => read(`look a${k + 1}`)),
      probabilities,
      digit: asked,
      saliency: read("look saliency").map((v) => v * 255),
    };
  }

  /** Weights of the first layer, unit after unit: 784 each, as its picture. */
  firstLayer(): Float32Array {
    const [kernel] = this.model.getWeights();
    const [pixels, units] = kernel!.shape;
    const out = new Float32Array(pixels * units);
    for (let p = 0; p < pixels; p++)
      for (let u = 0; u < units; u++) out[u * pixels + p] = kernel!.data[p * units + u]!;
    return out;
  }

  private measuring(): Entry {
    const { state, network } = this.model;
    const rows = this.test.labels.length;
    return state.engine.entry("measure", (g) => {
      const size = measuredAtOnce(rows);
      const order = g.index("test order", rows);
      const x = g.gather(g.bytes("test pictures", [rows, PIXELS], { sparse: true }), order, size);
      const y = g.gather(g.input("test digits", [rows, 1]), order, size);
      const { logits, output } = forward(g, network, x, { training: false });
      g.metric("loss", categoricalCrossentropy().apply(g, logits, y));
      g.metric("correct", g.sum(g.equal(g.argmax(output), y)));
      g.store(g.parameter("test answers", [size, CLASSES]), output);
    });
  }

  private looking(): Entry {
    const { state, network } = this.model;
    return state.engine.entry("look", (g) => {
      const x = g.input("look pixels", [1, PIXELS]);
      const { logits, output } = forward(g, network, x, { training: false });
      const keep = (name: string, node: Node) => g.store(g.parameter(name, node.shape), node);
      for (const [k] of this.setting.hidden.entries()) keep(`look a${k + 1}`, labelled(g, `a${k + 1}`));
      keep("look answer", output);
      const [gradient] = g.gradient(g.sum(g.mul(logits, g.input("look digit", [1, CLASSES]))), [x]);
      keep("look saliency", gradient!);
    });
  }
}

/** The node that `forward` gave this label. */
function labelled(g: Graph, label: string): Node {
  return g.nodes.find((node) => node.label === label)!;
}
