/** What is read off many predictions: verdicts, the confusion matrix, its cells, the worst mistakes. */
import { describe, expect, test } from "vitest";
import { CLASSES, confusion, inCell, mistakes, verdicts } from "../../studio/digits/predictions.ts";

/** Predictions of pictures given as (true digit, { digit: probability }). */
function made(...pictures: [truth: number, row: Record<number, number>][]) {
  const probabilities = pictures.flatMap(([, row]) => Array.from({ length: CLASSES }, (_, k) => row[k] ?? 0));
  return verdicts({ probabilities, labels: pictures.map(([truth]) => truth) });
}

const all = made(
  [7, { 7: 0.9, 1: 0.1 }],
  [7, { 1: 0.6, 7: 0.4 }],
  [7, { 1: 0.8, 7: 0.1, 2: 0.1 }],
  [3, { 5: 0.5, 3: 0.5 }],
  [4, { 9: 0.97, 4: 0.03 }],
  [7, { 1: 0.8, 7: 0.2 }],
);

describe("verdicts", () => {
  test("the likeliest digit is predicted, the smaller on a tie", () => {
    expect(all.map((v) => v.predicted)).toEqual([7, 1, 1, 3, 9, 1]);
    expect(all[1]).toEqual({ index: 1, truth: 7, predicted: 1, certainty: 0.6, ofTruth: 0.4 });
  });

  test("the confusion matrix counts them by truth and prediction", () => {
    const counts = confusion(all);
    expect(counts[7]![1]).toBe(3);
    expect(counts[7]![7]).toBe(1);
    expect(counts[4]![9]).toBe(1);
    expect(counts.flat().reduce((a, b) => a + b)).toBe(all.length);
  });

  test("a cell lists its pictures, the surest first", () => {
    expect(inCell(all, 7, 1).map((v) => v.index)).toEqual([2, 5, 1]);
    expect(inCell(all, 1, 7)).toEqual([]);
  });

  test("mistakes are listed with the least probability of the truth first, right ones never", () => {
    expect(mistakes(all).map((v) => v.index)).toEqual([4, 2, 5, 1]);
  });
});
