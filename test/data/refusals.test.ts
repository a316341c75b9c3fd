/** What a user may get wrong with data, random numbers, minimisers and files: one clear sentence each. */
import { describe, expect, it } from "vitest";
import * as d from "../../src/data/index.ts";
import { FormatError, minimize, RandomState, ShapeError, UsageError } from "../../src/index.ts";
import { inflate, loadMnist } from "../../src/platform/node.ts";
import { grayPng, png } from "../../src/plot/index.ts";

const wrong = (value: unknown) => value as never;
type ErrorClass = typeof UsageError | typeof ShapeError | typeof FormatError;

describe("refusals", () => {
  const bowl = (x: Float64Array) => ({ value: x[0]! ** 2, gradient: Float64Array.of(2 * x[0]!) });
  const bytes = (n: number) => new Uint8Array(n);
  const cases: [string, ErrorClass, () => unknown, string][] = [
    [
      "makeMoons",
      UsageError,
      () => d.makeMoons(wrong({ sample: 3 })),
      'makeMoons: no option is called "sample". Did you mean "samples"?',
    ],
    [
      "makeMoons(100)",
      UsageError,
      () => d.makeMoons(wrong(100)),
      "makeMoons: expected its options as an object, received 100",
    ],
    [
      "shuffle",
      UsageError,
      () => d.makeMoons(wrong({ shuffle: 0 })),
      "expected shuffle true or false, received 0",
    ],
    ["a seed that is a text", UsageError, () => d.makeMoons(wrong({ seed: "3" })), 'received "3"'],
    ["a seed that is null", UsageError, () => d.makeMoons(wrong({ seed: null })), "received null"],
    ["samples", UsageError, () => d.makeMoons(wrong({ samples: "10" })), 'received "10"'],
    ["noise", UsageError, () => d.makeMoons(wrong({ noise: "0.1" })), 'received "0.1"'],
    ["makeCircles", UsageError, () => d.makeCircles(wrong({ factor: "0.5" })), 'received "0.5"'],
    ["makeSpirals", UsageError, () => d.makeSpirals(wrong({ arm: 3 })), 'Did you mean "arms"?'],
    ["makePlane", UsageError, () => d.makePlane(wrong({ shuffle: true })), 'no option is called "shuffle"'],
    ["makeXor", UsageError, () => d.makeXor(wrong({ noise: 1 })), 'makeXor: no option is called "noise"'],
    [
      "centers with NaN",
      UsageError,
      () =>
        d.makeBlobs({
          centers: [
            [0, 0],
            [Number.NaN, 1],
          ],
        }),
      "makeBlobs: expected center 1 as two finite numbers, received [NaN, 1]",
    ],
    ["centers of one number", UsageError, () => d.makeBlobs({ centers: wrong([[0]]) }), "expected center 0"],
    ["centers null", UsageError, () => d.makeBlobs(wrong({ centers: null })), "received null"],
    ["iris", UsageError, () => d.iris(wrong({ variants: "kaggle" })), 'Did you mean "variant"?'],
    ["shuffle's options", UsageError, () => d.shuffle([[1, 2]], wrong({ sead: 1 })), 'Did you mean "seed"?'],
    [
      "splitIndex",
      UsageError,
      () => d.splitIndex(10.5),
      "splitIndex: expected a whole number of rows ≥ 0, received 10.5",
    ],
    ["testSize", UsageError, () => d.splitIndex(10, wrong({ testSize: "0.5" })), 'received "0.5" of 10 rows'],
    [
      "trainTestSplit",
      UsageError,
      () => d.trainTestSplit({ x: [1, 2], y: [1, 2] }, wrong({ test: 1 })),
      'Did you mean "testSize"?',
    ],
    [
      "permutation",
      UsageError,
      () => new RandomState(0).permutation(2.5),
      "permutation: expected a whole number ≥ 0 or rows, received 2.5",
    ],
    [
      "choice",
      UsageError,
      () => new RandomState(0).choice(3, 2, wrong({ replacement: false })),
      'Did you mean "replace"?',
    ],
    [
      "minimize",
      UsageError,
      () => minimize.lbfgs(bowl, Float64Array.of(1), wrong({ maxIter: 3 })),
      'lbfgs: no option is called "maxIter". Did you mean "maxIterations"?',
    ],
    [
      "memory of conjugate gradients",
      UsageError,
      () => minimize.conjugateGradient(bowl, Float64Array.of(1), wrong({ memory: 3 })),
      "no option",
    ],
    [
      "x0",
      UsageError,
      () => minimize.lbfgs(bowl, wrong([1])),
      "lbfgs: expected x0 as a Float64Array, received [1]",
    ],
    [
      "an objective",
      UsageError,
      () => minimize.lbfgs(wrong(3), Float64Array.of(1)),
      "lbfgs: expected the objective as a function",
    ],
    [
      "uniform of texts",
      UsageError,
      () => new RandomState(0).uniform(wrong("1"), 2),
      'uniform: low must be a number, received "1"',
    ],
    [
      "normal of texts",
      UsageError,
      () => new RandomState(0).normal(wrong("1"), 2),
      'normal: mean must be a number, received "1"',
    ],
    [
      "shuffle of a number",
      UsageError,
      () => new RandomState(0).shuffle(wrong(3)),
      "rows: expected a list, a typed array or a tensor { shape, data }, received 3",
    ],
    ["a split without y", UsageError, () => d.trainTestSplit(wrong({ x: [1, 2] })), "rows: expected a list"],
    [
      "oneHot",
      UsageError,
      () => d.oneHot([0], 1.5),
      "oneHot: expected classes as a whole number ≥ 1, received 1.5",
    ],
    [
      "no labels",
      UsageError,
      () => d.classCounts(wrong(null)),
      "classCounts: expected a list of labels, received null",
    ],
    [
      "a scaler of texts",
      UsageError,
      () => d.applyScaler([[1]], { shift: wrong([1]), scale: wrong(["2"]) }),
      'applyScaler: scale: expected numbers, received "2"',
    ],
    [
      "loadMnist",
      UsageError,
      () => loadMnist(wrong({ folder: "a" })),
      'loadMnist: no option is called "folder"',
    ],
    [
      "parseCsv of bytes",
      UsageError,
      () => d.parseCsv(wrong(bytes(3))),
      "parseCsv: expected text, received a Uint8Array. Decode bytes with new TextDecoder().decode(bytes)",
    ],
    [
      "parseIdx of a buffer",
      UsageError,
      () => d.parseIdx(wrong(new ArrayBuffer(8))),
      "parseIdx: expected bytes as a Uint8Array, received an ArrayBuffer. Wrap an ArrayBuffer",
    ],
    [
      "readMat of a buffer",
      UsageError,
      () => d.readMat(wrong(new ArrayBuffer(8))),
      "readMat: expected bytes",
    ],
    [
      "mnistFromIdx",
      UsageError,
      () => d.mnistFromIdx(wrong({})),
      "mnist: train images: expected bytes as a Uint8Array, received undefined",
    ],
    [
      "inflate of damaged bytes",
      FormatError,
      () => inflate(bytes(9)),
      "inflate: byte 0: expected a zlib stream of 9 bytes",
    ],
    [
      "png",
      ShapeError,
      () => png({ width: 2, height: 2, rgba: bytes(15) }),
      "png: expected width × height × 4 bytes, received 2 × 2 and 15 bytes",
    ],
    ["grayPng", ShapeError, () => grayPng(2, 2, bytes(3)), "grayPng: expected width × height × 1 bytes"],
    [
      "applyScaler",
      UsageError,
      () => d.applyScaler([[1]], wrong(d.standardize([[1], [2]]))),
      "applyScaler: expected a scaler { shift, scale }, received an object with x, scaler. Give the scaler out of the result",
    ],
    [
      "standardize of null",
      UsageError,
      () => d.standardize(wrong([[1], [null]])),
      "standardize: x: expected numbers, received null at row 1",
    ],
    [
      "standardize, too wide",
      UsageError,
      () =>
        d.standardize([
          [1, 1e308],
          [2, -1e308],
        ]),
      "standardize: column 1 is too wide or too narrow for float64",
    ],
    [
      "standardize, too narrow",
      UsageError,
      () => d.standardize([[0], [1e-300]]),
      "standardize: column 0 is too wide or too narrow",
    ],
    [
      "minMaxScale",
      UsageError,
      () => d.minMaxScale([[1e308], [-1e308]]),
      "minMaxScale: column 0 is too wide",
    ],
    [
      "crop20",
      ShapeError,
      () => d.crop20({ shape: [2, 784], data: bytes(784) }),
      "crop20: expected 1568 bytes",
    ],
    [
      "matToTensor",
      FormatError,
      () => d.matToTensor({ dims: [2, 2], kind: "double", data: Float64Array.of(1) }),
      "expected 4 values for 2 × 2, received 1",
    ],
    [
      "toGrey",
      ShapeError,
      () => d.toGrey({ width: 2, height: 2, depth: 8, channels: 3, data: bytes(11) }),
      "toGrey: expected 12 values",
    ],
    [
      "toGrey of bits",
      ShapeError,
      () => d.toGrey({ width: 9, height: 2, depth: 1, channels: 1, data: bytes(3) }),
      "toGrey: expected 4 values",
    ],
  ];
  it.each(cases)("%s", async (_, kind, make, message) => {
    const made = async () => make();
    await expect(made()).rejects.toThrow(kind);
    await expect(made()).rejects.toThrow(message);
  });

  it.each(["   ", "0x10", "1_000", "Infinity", "1e999", "12cm", "0b1"])(
    "a cell of %j is no number",
    (cell) => {
      expect(() => d.columnMatrix(d.parseCsv(`a\n"${cell}"`))).toThrow("line 2, column a: expected a number");
    },
  );

  it("decimal cells are read as before", () => {
    const cells = ["-1.5", "+2", ".5", "3.", "1e3", " 7 ", "1.5E-3"];
    const { data } = d.columnMatrix(d.parseCsv(`a\n${cells.map((c) => `"${c}"`).join("\n")}`));
    expect(Array.from(data)).toEqual([-1.5, 2, 0.5, 3, 1000, 7, 0.0015]);
  });
});
