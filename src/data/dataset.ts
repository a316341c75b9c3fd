/**
 * What every data source here returns: examples in rows, answers beside them.
 *
 * A classification set has one integer label for each row, a regression set a column of target values.
 */
import type { Tensor } from "../tensor/tensor.ts";

/** Examples with class labels 0, 1, 2, … */
export interface ClassData {
  /** [examples, features] */
  readonly x: Tensor<Float64Array>;
  /** One label for each row of x. */
  readonly y: Int32Array;
}

/** Class data whose columns and classes have names. */
export interface NamedClassData extends ClassData {
  readonly featureNames: readonly string[];
  readonly classNames: readonly string[];
}

/** Examples with real-valued targets. */
export interface RegressionData {
  /** [examples, features] */
  readonly x: Tensor<Float64Array>;
  /** [examples, 1] */
  readonly y: Tensor<Float64Array>;
}
