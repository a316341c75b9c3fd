import { expect, test } from "vitest";
import { latexToText } from "../../src/cli/latex-text.ts";
import { Graph } from "../../src/engine.ts";
import { formula, symbol } from "../../src/inspect/index.ts";

test.each([
  ["z_{1} = x \\cdot W_{1} + b_{1}", "z₁ = x · W₁ + b₁"],
  ["\\mathrm{d}W_{12} = a_{0}^{\\top} \\cdot \\mathrm{d}z", "dW₁₂ = a₀ᵀ · dz"],
  ["\\frac{1}{N}", "1 / N"],
  ["\\frac{a + b}{c \\cdot d}", "(a + b) / (c · d)"],
  ["\\frac{\\exp\\left(z + 1\\right)}{\\sum_{j} e}", "exp(z + 1) / (Σⱼ e)"],
  ["1 \\cdot 10^{-7}", "1 · 10⁻⁷"],
  ["w \\odot w", "w ⊙ w"],
  ["\\sqrt{x} + \\left|y\\right| + \\lfloor z \\rfloor", "√(x) + |y| + ⌊ z ⌋"],
  ["\\mathbf{1}\\left[a \\le b\\right]", "1[a ≤ b]"],
  ["\\max\\left(a,\\, b\\right)", "max(a, b)"],
  ["\\max_{j} z", "maxⱼ z"],
  ["x^{ab}", "x^(ab)"],
  ["\\mathrm{last\\_loss}", "last_loss"],
  ["\\begin{cases}0 & z < 0 \\\\ z & \\text{else}\\end{cases}", "{ 0 if z < 0; z otherwise }"],
  [
    "\\begin{cases}\\begin{cases}1 & a \\\\ 2 & \\text{else}\\end{cases} & b \\\\ 3 & \\text{else}\\end{cases}",
    "{ { 1 if a; 2 otherwise } if b; 3 otherwise }",
  ],
  ["\\unknown x", "\\unknown x"],
])("%s", (latex, text) => {
  expect(latexToText(latex, "en")).toBe(text);
});

test("the words of cases in Chinese", () => {
  expect(latexToText("\\begin{cases}0 & z < 0 \\\\ z & \\text{else}\\end{cases}", "zh")).toBe(
    "{ 0 若 z < 0; z 否则 }",
  );
});

test("no LaTeX is left of anything a graph can say", () => {
  const g = new Graph();
  const x = g.input("x", [4, 3]);
  const y = g.input("some_word", [4, 1]);
  const w = g.parameter("Theta1", [3, 3]);
  const z = g.label("z1", g.matmul(x, w, { transposeB: true }));
  const nodes = [
    z,
    g.softmax(z),
    g.logSumExp(z),
    g.relu(z, 1),
    g.relu(z, 0),
    g.oneHot(y, 3),
    g.argmax(z),
    g.mean(g.square(z)),
    g.div(g.sub(z, 1e-7), g.sqrt(g.abs(z))),
    g.min(g.sigmoid(z), g.softplus(z)),
    g.floor(g.neg(g.tanh(z))),
    g.select(g.lessEqual(z, 0), g.sin(z), g.mul(g.cos(z), g.erf(g.sign(z)))),
    g.gradient(g.sum(g.log(g.exp(z))), [w])[0]!,
  ];
  for (const node of nodes) {
    const text = latexToText(formula(node), "en");
    expect(text, formula(node)).not.toMatch(/[\\&]|_\(|\^\(/);
    expect(text.replaceAll(/[^()]/g, "").length % 2, text).toBe(0);
  }
  expect(latexToText(symbol("dTheta12"), "en")).toBe("dΘ₁₂");
});
