/**
 * papergrad's first step in a fresh process, from the built package as a user gets it: XOR built, differentiated,
 * compiled and run once. Prints s=SECONDS, counted from the import's end.
 */
import { defineStep } from "../../dist/engine.js";

const start = performance.now();
const step = defineStep({ dtype: "float32" }, (g) => {
  const x = g.input("x", [4, 2]);
  const y = g.input("y", [4, 1]);
  const [W1, b1] = [g.parameter("W1", [2, 6]), g.parameter("b1", [1, 6])];
  const [W2, b2] = [g.parameter("W2", [6, 2]), g.parameter("b2", [1, 2])];
  const z = g.add(g.matmul(g.relu(g.add(g.matmul(x, W1), b1)), W2), b2);
  const loss = g.mean(g.sub(g.logSumExp(z), g.sum(g.mul(g.oneHot(y, 2), z), "cols")));
  const J = g.add(loss, g.mul(0.0005, g.add(g.sum(g.square(W1)), g.sum(g.square(W2)))));
  const parameters = [W1, b1, W2, b2];
  for (const [i, d] of g.gradient(J, parameters).entries())
    g.store(parameters[i], g.sub(parameters[i], g.mul(0.1, d)));
  g.metric("loss", loss);
});
step.engine.write("x", [0, 0, 0, 1, 1, 0, 1, 1]);
step.engine.write("y", [0, 1, 1, 0]);
step.run();
console.log(`s=${(performance.now() - start) / 1000}`);
