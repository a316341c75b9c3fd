import { describe, expect, it } from "vitest";
import { LOSSES, type LossName } from "../../src/nn/losses.ts";
import { accuracy, classesOf, classReports, confusionMatrix, METRICS } from "../../src/nn/metrics.ts";
import { matrix } from "../../src/tensor/tensor.ts";
import { evaluated } from "./finite-difference.ts";

describe("plain metrics", () => {
  it("classesOf takes the largest, the first on a tie, or a threshold", () => {
    expect(
      classesOf(
        matrix([
          [0.1, 0.7, 0.2],
          [0.4, 0.2, 0.4],
          [0, 0, 1],
        ]),
      ),
    ).toEqual(Int32Array.of(1, 0, 2));
    expect(classesOf(matrix([[0.4], [0.6], [0.5]]))).toEqual(Int32Array.of(0, 1, 0));
    expect(classesOf(matrix([[-2], [0.1]]), 0)).toEqual(Int32Array.of(0, 1));
  });

  it("accuracy", () => {
    expect(accuracy([0, 1, 2, 1], [0, 2, 2, 1])).toBe(0.75);
    expect(() => accuracy([0], [0, 1])).toThrow("1 labels and 2 predictions");
    expect(() => accuracy([], [])).toThrow("at least one label");
  });

  it("confusionMatrix has the truth in rows", () => {
    const m = confusionMatrix([0, 1, 1, 2, 2, 2], [0, 1, 2, 2, 2, 0]);
    expect([m.shape, Array.from(m.data)]).toEqual([
      [3, 3],
      [1, 0, 0, 0, 1, 1, 1, 0, 2],
    ]);
    expect(confusionMatrix([0], [0], 2).shape).toEqual([2, 2]);
    expect(() => confusionMatrix([0, 3], [0, 1], 3)).toThrow(
      "truth has label 3 at position 1; expected whole numbers 0…2",
    );
  });

  it("classReports", () => {
    const [zero, one, two] = classReports(confusionMatrix([0, 1, 1, 2, 2, 2], [0, 1, 2, 2, 2, 0]));
    expect(zero).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3, support: 1 });
    expect(one).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3, support: 2 });
    expect(two!.f1).toBeCloseTo(2 / 3, 15);
  });
});

describe("metrics in the graph", () => {
  const of = (lossName: LossName, prediction: number[][], target: number[][]) => {
    const loss = LOSSES[lossName]();
    const values = { p: matrix(prediction), y: matrix(target) };
    return evaluated(values, (g, { p, y }) =>
      METRICS.accuracy(g, { logits: p!, output: p!, loss, target: y! }),
    )[0];
  };

  it("accuracy of logits, probabilities, signs, classes and one-hot rows", () => {
    expect(of("binaryCrossentropy", [[0.2], [-0.2], [3], [-1]], [[1], [0], [0], [1]])).toBe(0.5);
    expect(of("meanSquaredError", [[0.2], [0.7], [0.9], [0.4]], [[0], [1], [1], [1]])).toBe(0.75);
    expect(of("hinge", [[0.2], [-0.7]], [[1], [-1]])).toBe(1);
    expect(
      of(
        "categoricalCrossentropy",
        [
          [1, 2, 0],
          [3, 1, 1],
        ],
        [[1], [2]],
      ),
    ).toBe(0.5);
    expect(
      of(
        "categoricalCrossentropy",
        [
          [1, 2, 0],
          [3, 1, 1],
        ],
        [
          [0, 1, 0],
          [1, 0, 0],
        ],
      ),
    ).toBe(1);
  });
});
