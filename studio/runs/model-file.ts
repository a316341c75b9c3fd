/**
 * The trained model as data: what goes in, every layer with its numbers, what comes out. And back into a papergrad
 * model, which predicts the same bits.
 */
import {
  ACTIVATIONS,
  type ActivationName,
  type DType,
  dense,
  type FloatArray,
  type Model,
  rescaling,
  sequential,
  type Tensor,
} from "papergrad";
import { type FeatureName, featureColumns } from "../data/features.ts";
import { coordinateExtents, readTable } from "../data/table.ts";
import type { KeptRun } from "./kept.ts";

/** What is done to a row before the first layer. */
export interface ModelInputs {
  /** A point x₁, x₂ is given; the columns are these functions of it. Null: rows go in as they are. */
  readonly features: readonly FeatureName[] | null;
  /** A pasted table's [low, high] of each coordinate, brought to −1…1 first; null: nothing is scaled. */
  readonly extents: readonly (readonly [low: number, high: number])[] | null;
  /** Rows are as if multiplied by this (pixels 0…255 by 1/255); the model multiplies the sums of its first layer. */
  readonly factor: number;
}

export interface ModelLayer {
  readonly units: number;
  readonly activation: ActivationName;
  /** [inputs][units] */
  readonly kernel: readonly (readonly number[])[];
  readonly bias: readonly number[];
}

/** The file. */
export interface ModelFile {
  readonly format: "papergrad-studio-model";
  readonly version: 1;
  readonly precision: DType;
  /** Of all weights, bit for bit. */
  readonly hash: string;
  readonly inputs: ModelInputs;
  readonly layers: readonly ModelLayer[];
  /** Number of classes; 0 for values. One output above ½ (above 0 without sigmoid) is class 1. */
  readonly classes: number;
  readonly labels: readonly string[];
}

/** The model of a run as it was kept. */
export function modelFile({ experiment, about, parameters, hash }: KeptRun): ModelFile {
  const { kind, csv, scale } = experiment.data;
  const table = kind === "csv" && scale ? readTable(csv).points : null;
  const digits = kind === "mnist";
  const matrix = (label: string): readonly (readonly number[])[] => {
    const { shape, offset } = about.weights.find((w) => w.label === label)!;
    return Array.from({ length: shape[0] }, (_, r) =>
      Array.from(parameters.subarray(offset + r * shape[1], offset + (r + 1) * shape[1])),
    );
  };
  return {
    format: "papergrad-studio-model",
    version: 1,
    precision: experiment.precision,
    hash,
    inputs: {
      features: digits ? null : experiment.features,
      extents: table && coordinateExtents(table.x),
      factor: digits ? 1 / 255 : 1,
    },
    layers: about.units.map((units, i) => ({
      units,
      activation: activationOf(about.activations[i]!),
      kernel: matrix(`W${i + 1}`),
      bias: matrix(`b${i + 1}`)[0]!,
    })),
    classes: about.classes,
    labels: about.labels,
  };
}

function activationOf(name: string): ActivationName {
  const known = (Object.keys(ACTIVATIONS) as ActivationName[]).find((each) => each === name);
  if (known) return known;
  throw new Error(`model file: there is no activation "${name}"`);
}

/** A model that predicts what the file's did. */
export interface LoadedModel {
  readonly model: Model;
  /** Rows as they are given to the studio: points x₁, x₂, or pixels. */
  readonly predict: (rows: readonly (readonly number[])[]) => Tensor<FloatArray>;
}

/** Makes a papergrad model of a file. */
export function modelFromFile({ inputs, layers, precision }: ModelFile): LoadedModel {
  const width = layers[0]!.kernel.length;
  const model = sequential(
    [
      ...(inputs.factor === 1 ? [] : [rescaling(inputs.factor)]),
      ...layers.map(({ units, activation }) => dense(units, { activation })),
    ],
    { inputShape: [width], dtype: precision },
  );
  model.setWeights(layers.flatMap(({ kernel, bias }) => [kernel, [bias]]));
  return { model, predict: (rows) => model.predict(inputRows(inputs, rows)) };
}

/** What the model is given of rows. */
function inputRows({ features, extents }: ModelInputs, rows: readonly (readonly number[])[]) {
  if (features === null) return rows;
  const points = rows.flatMap((row) =>
    row.map((v, i) => {
      if (extents === null) return v;
      const [low, high] = extents[i]!;
      return high > low ? (2 * (v - low)) / (high - low) - 1 : 0;
    }),
  );
  return featureColumns(features, points);
}
