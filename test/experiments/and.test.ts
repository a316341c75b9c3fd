import { expect, test } from "vitest";
import { and } from "../../experiments/and/index.ts";
import { AND } from "../../experiments/one-net/gate.ts";
import { begin, createOneNet, scoresAt, startValues, train } from "../../experiments/one-net/net.ts";
import { pacer } from "../../experiments/shared/pacer.ts";
import { expectClose, pull, sharedTests, trained } from "./one-net-cases.ts";
import { proofTest } from "./proofs.ts";

sharedTests(AND, and);
proofTest(and, new URL(import.meta.url), [
  "and: 1e-4 inside the logarithms makes a perfect loss negative and shifts 0.109481 to 0.109369",
]);

test("and: 20,000 steps give w = 1.00, the printed weights need 200,000", async () => {
  const net = createOneNet(AND, { variant: "published", backend: "wasm", dtype: "float64" });
  const { history } = await train(net, startValues(AND, 1, 2), 20_000, pacer());
  expectClose(history.at(-1)!.w, [1, 1, 1, 1], 0.01);
  expectClose(history.at(-1)!.b, [-1.91, -1.91], 0.01);
  expect(scoresAt(net, AND.inputs)[6]).toBeCloseTo(0.52, 2);
  expectClose((await trained(AND, 200_000)).w, AND.printed.w, 6e-4);
});

test("and: the (1,2) bias turns w (2,1) into (2,2) and 3.884 into 3.586", async () => {
  const net = createOneNet(AND, { variant: "published", backend: "wasm", dtype: "float64" });
  const start = startValues(AND, 1, 2);
  expect(net.first!.engine.shapeOf("w before")).toEqual([2, 1]);
  expect(begin(net, start)).toHaveLength(1);
  expect(net.engine.shapeOf("w")).toEqual([2, 2]);
  const w = net.engine.read("w").data;
  // After one step the two columns differ by the bias's random start only.
  expect(w[0]).not.toBe(w[1]);
  expectClose([w[0]! - w[1]!, w[2]! - w[3]!], [0, 0], 1e-5);
  const wide = await trained(AND, 200_000);
  const narrow = await trained(AND, 200_000, { biasColumns: 1 });
  expect(wide.w[0]!.toFixed(2)).toBe("3.59");
  expectClose(wide.w, [3.5865, 3.5867, 3.5865, 3.5867], 1e-4);
  expectClose(narrow.w, [3.8842, 3.8841], 1e-4);
});

test("and: λ·Σw is not the gradient of L2 and does not pull w = (5, -5) at all", async () => {
  expectClose(pull(AND, "published", [5, -5], 1), [0, 0], 1e-9);
  expectClose(pull(AND, "derived", [5, -5], 1), [5, -5], 1e-9);
  expectClose((await trained(AND, 200_000, { variant: "derived" })).w, [4.0528, 4.0528], 1e-4);
  expectClose((await trained(AND, 200_000, { biasColumns: 1 })).w, [3.8842, 3.8841], 1e-4);
});

test("and: the pull on a weight is λ·4w", () => {
  expectClose(pull(AND, "published", [3, 3, 3, 3], 2), [12, 12, 12, 12], 1e-9);
  expectClose(pull(AND, "derived", [3, 3], 1), [3, 3], 1e-9);
});
