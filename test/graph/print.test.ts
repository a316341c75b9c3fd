import { expect, test } from "vitest";
import { defineStep, programHash, programText } from "../../src/engine.ts";
import * as E from "../../src/graph/expr.ts";
import { graphDot, graphText, symbol } from "../../src/inspect/index.ts";

const step = () =>
  defineStep({ backend: "interpreter", dtype: "float64" }, (g) => {
    const x = g.input("x", [4, 2]);
    const w = g.parameter("w", [2, 3]);
    const z = g.label("z", g.matmul(x, w));
    const loss = g.mean(g.square(z));
    const [dw] = g.gradient(loss, [w]);
    g.store(w, g.sub(w, dw));
    g.metric("loss", loss);
    g.halt(g.less(loss, 1e-6));
  });

test("a graph prints one line a node, and as DOT with one arrow an operand", () => {
  const { graph } = step();
  const lines = graphText(graph).split("\n");
  expect(lines.length).toBe(graph.nodes.length + 2);
  expect(lines[2]).toBe("%2:z [4,3] = matmul %0:x %1:w");
  expect(lines.some((l) => l.includes(":dw [2,3]"))).toBe(true);
  const dot = graphDot(graph);
  expect(dot.startsWith('digraph "step" {')).toBe(true);
  expect(dot).toContain("n0 -> n2;");
  expect(dot).toContain('n2 [label="z\\nmatmul\\n[4,3]"];');
});

test("a Program prints its kernels; its hash changes with any number in it", () => {
  const { program } = step();
  const text = programText(program);
  expect(text).toContain("gemm matmul_z");
  expect(text).toContain("metric loss");
  expect(text).toContain("halt");
  expect(programHash(program)).toBe(programHash(step().program));
  expect(programHash({ ...program, dtype: "float32" })).not.toBe(programHash(program));
});

test("the update is fused into the product that makes the gradient", () => {
  const kinds = step().program.kernels.map((k) => k.kind);
  expect(kinds.filter((k) => k === "gemm").length).toBe(2);
  const last = step().program.kernels.find((k) => k.name.startsWith("matmul_dw"))!;
  expect(last.kind === "gemm" && last.finish.outputs.length).toBe(1);
});

test("expressions simplify, and differentiate symbolically", () => {
  const x = E.arg(0);
  expect(E.exprKey(E.mul(E.constant(1), E.add(x, E.constant(0))))).toBe("#0");
  expect(E.exprKey(E.derivative(E.mul(x, x), 0))).toBe("mul(2,#0)");
  expect(E.exprKey(E.derivative(E.unary("tanh", x), 0))).toBe("sub(1,mul(tanh(#0),tanh(#0)))");
  expect(E.exprKey(E.derivative(E.unary("floor", x), 0))).toBe("0");
  expect(E.exprKey(E.derivative(E.div(x, E.constant(4)), 0))).toBe("0.25");
});

test.each([
  ["z1", "z_{1}"],
  ["dW2", "\\mathrm{d}W_{2}"],
  ["dloss", "\\mathrm{dloss}"],
  ["delta3", "\\delta_{3}"],
  ["dTheta1", "\\mathrm{d}\\Theta_{1}"],
  ["W1'", "W_{1}'"],
  ["loss", "\\mathrm{loss}"],
  ["gradient of W", "\\mathrm{gradient of W}"],
])("the label %s is written %s", (label, latex) => {
  expect(symbol(label)).toBe(latex);
});
