/** What the lessons on AND, OR and NOT compute: trained neurons, and the first gradients. */
import { createEngine } from "papergrad/engine";
import { traceStep } from "papergrad/inspect";
import { DECAY, type Gate, STEPS } from "../../../experiments/one-net/gate.ts";
import { begin, createOneNet, scoresAt, startValues } from "../../../experiments/one-net/net.ts";
import { forward, leaves } from "../../../experiments/one-net/step.ts";
import type { Variant } from "../../../experiments/types.ts";
import type { Text } from "../../language.ts";
import { type Figures, type Row, shown } from "../lesson.ts";

const SETTING = { backend: "wasm", dtype: "float64" } as const;

export interface TrainedGate {
  readonly w: readonly number[];
  readonly b: readonly number[];
  /** First output for every row of the truth table. */
  readonly scores: readonly number[];
}

/** Trains from the tutorial's start, 200,000 steps unless told otherwise. */
export function trainGate(
  gate: Gate,
  variant: Variant,
  { steps = STEPS, decay = DECAY }: { readonly steps?: number; readonly decay?: number } = {},
): TrainedGate {
  const net = createOneNet(gate, { ...SETTING, variant, decay });
  const done = begin(net, startValues(gate, 1, net.columns)).length;
  if (steps > done) net.step.run(steps - done);
  const scores = scoresAt(net, gate.inputs);
  return {
    w: Array.from(net.engine.read("w").data),
    b: Array.from(net.engine.read("b").data),
    scores: Array.from(scores.filter((_, i) => i % net.columns === 0)),
  };
}

/** The gradients of J at given weights: the weights' first, then the bias's. */
export function gateGradient(gate: Gate, w: readonly number[], b: number): readonly number[] {
  const { engine, step } = createOneNet(gate, { ...SETTING, variant: "derived" });
  engine.write("w", w);
  engine.write("b", [b]);
  const traced = traceStep(step);
  const of = (label: string) => Array.from(traced.find((v) => v.label === label)!.data);
  return [...of("dw"), ...of("db")];
}

/** What the published update adds to every entry of dw when all weights are `weight`, over λ. */
export function publishedPull(gate: Gate, weight: number): number {
  const { engine, step, columns } = createOneNet(gate, { ...SETTING, variant: "published", decay: 1 });
  engine.write("w", new Array<number>(gate.inputs[0]!.length * columns).fill(weight));
  return traceStep(step).find((v) => v.label === "pull")!.data[0]!;
}

/** The answer of a neuron with these weights to one input. */
export function answerAt(gate: Gate, w: readonly number[], b: number, input: readonly number[]): number {
  const engine = createEngine(SETTING);
  const at: Gate = { ...gate, inputs: [input], targets: [0] };
  const entry = engine.entry("answer", (g) => {
    g.store(g.parameter("h", [1, 1]), forward(g, leaves(g, at, "w", 1, 1)).h);
  });
  engine.write("x", input);
  engine.write("w", w);
  engine.write("b", [b]);
  entry.run(1);
  return engine.read("h").data[0]!;
}

const list = (values: readonly number[]): string => values.map((v) => shown(v, 3)).join("  ");

/** Both variants and no decay at all, trained side by side. */
export const gateFigures = (gate: Gate): Figures => ({
  id: "trained",
  caption: {
    en: `Trained here, ${STEPS.toLocaleString("en")} steps from the same start`,
    zh: `当场训练，从同一起点出发，共 ${STEPS} 步`,
  },
  columns: [{ en: "variant", zh: "版本" }, "w", "b", ...gate.inputs.map((x) => `h(${x.join(",")})`)],
  compute: () => {
    const row = (name: Text, { w, b, scores }: TrainedGate): Row => [
      name,
      list(w),
      list(b),
      ...scores.map((s) => shown(s, 3)),
    ];
    return [
      row({ en: "as published", zh: "发布版" }, trainGate(gate, "published")),
      row({ en: "as derived", zh: "推导版" }, trainGate(gate, "derived")),
      row({ en: "derived, λ = 0", zh: "推导版，λ = 0" }, trainGate(gate, "derived", { decay: 0 })),
    ];
  },
});
