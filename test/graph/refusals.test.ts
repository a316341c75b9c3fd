/** What the builder of a graph refuses, instead of computing something else. */
import { expect, test } from "vitest";
import { Graph } from "../../src/graph/graph.ts";
import { checkGradients } from "../../src/inspect/gradcheck.ts";
import { traceStep } from "../../src/inspect/trace.ts";
import { ShapeError, UsageError } from "../../src/tensor/errors.ts";

const g = new Graph("test");
const x = g.input("x", [2, 3]);
const w = g.parameter("w", [1, 2]);
const first = g.view(w, { shape: [1, 1] });
const foreign = new Graph().parameter("w", [1, 2]);

test.each([
  [
    "the gradient of a matrix that is read through a view",
    () => g.gradient(g.square(first), [w]),
    UsageError,
    /through another view/,
  ],
  [
    "the gradient of a view of a matrix that is read whole",
    () => g.gradient(g.sum(w), [first]),
    UsageError,
    /through another view/,
  ],
  [
    "gathering by numbers that are no index",
    () => g.gather(x, g.input("i", [2, 1]), 2),
    UsageError,
    /made by g\.index/,
  ],
  ["broadcasting 2 rows to 3", () => g.broadcast(x, [3, 3]), ShapeError, /do not broadcast to \[3,3\]/],
  ["a view at NaN", () => g.view(w, { offset: Number.NaN, shape: [1, 1] }), ShapeError, /whole numbers/],
  ["a view at 0.5", () => g.view(w, { offset: 0.5, shape: [1, 1] }), ShapeError, /whole numbers/],
  [
    "a view that reaches outside",
    () => g.view(w, { offset: 1, shape: [1, 2] }),
    ShapeError,
    /the buffer has 2/,
  ],
  [
    "summing over columns by another name",
    () => g.sum(x, "columns" as never),
    UsageError,
    /"rows", "cols" or "all", received "columns"/,
  ],
  ["a node of another graph", () => g.add(foreign, 1), UsageError, /a node of another graph/],
  ["a number as a metric", () => g.metric("a", 3 as never), UsageError, /received 3/],
  ["a number as a factor", () => g.matmul(x, 2 as never), UsageError, /received 2/],
  ["storing nothing", () => g.store(w, undefined as never), UsageError, /received undefined/],
  ["a gradient that is no list", () => g.gradient(g.sum(w), w as never), UsageError, /expected a list/],
  ["a parameter without a shape", () => g.parameter("v", undefined as never), ShapeError, /expected a shape/],
  [
    "a check without values",
    () =>
      checkGradients({
        name: "n",
        values: {},
        build: (h) => {
          const v = h.parameter("v", [1, 1]);
          return { loss: h.square(v), gradients: { v: h.mul(5, v) } };
        },
      }),
    UsageError,
    /no values are given for "v"/,
  ],
  [
    "a check of nothing",
    () => checkGradients({ name: "n", values: {}, build: (h) => ({ loss: h.constant(1), gradients: {} }) }),
    UsageError,
    /at least one gradient/,
  ],
  ["a trace of what is no entry", () => traceStep({} as never), UsageError, /expected an entry/],
] as const)("refuses %s", (_, act, type, message) => {
  expect(act).toThrow(type);
  expect(act).toThrow(message);
});
