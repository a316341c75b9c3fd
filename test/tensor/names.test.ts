import { describe, expect, it } from "vitest";
import { nearest } from "../../src/tensor/names.ts";
import { show } from "../../src/tensor/show.ts";

describe("nearest", () => {
  const names = ["learningRate", "epsilon", "weightDecay", "beta1"];
  it.each([
    ["lr", "learningRate"],
    ["eps", "epsilon"],
    ["WeightDecay", "weightDecay"],
    ["weigth_decay", "weightDecay"],
    ["bata1", "beta1"],
    ["l", undefined],
    ["momentum", undefined],
    ["", undefined],
  ])("%s → %s", (name, wanted) => expect(nearest(name, names)).toBe(wanted));
});

describe("show", () => {
  it.each([
    ["1", '"1"'],
    [1, "1"],
    [null, "null"],
    [[1, "a", [2]], '[1, "a", […]]'],
    [[1, 2, 3, 4, 5], "[1, 2, 3, 4, …]"],
    [{}, "an empty object"],
    [{ a: 1 }, "an object with a"],
    [new ArrayBuffer(1), "an ArrayBuffer"],
    [Object.create(null), "an empty object"],
    ["x".repeat(50), `"${"x".repeat(40)}…"`],
    [3n, "3n"],
  ])("%o → %s", (value, text) => expect(show(value)).toBe(text));
});
