/** papergrad: dense neural networks that you can check by hand and train at compiled speed. Re-exports only. */
export type { BackendName } from "./backends.ts";
export * as minimize from "./minimize/index.ts";
export { type ActivationLayer, activation } from "./nn/activation-layer.ts";
export {
  ACTIVATIONS,
  type Activation,
  type ActivationFunction,
  type ActivationName,
  activationName,
  eluWith,
  leakyReluWith,
  reluWith,
} from "./nn/activations.ts";
export {
  type BatchNormalizationLayer,
  type BatchNormalizationOptions,
  batchNormalization,
} from "./nn/batch-normalization.ts";
export { type DenseLayer, type DenseOptions, dense } from "./nn/dense.ts";
export { type DropoutLayer, dropout } from "./nn/dropout.ts";
export {
  constant,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  INITIALIZERS,
  type Initializer,
  type InitializerName,
  lecunNormal,
  lecunUniform,
  normal,
  ones,
  truncatedNormal,
  uniform,
  zeros,
} from "./nn/initializers.ts";
export type { Layer, LayerContext, LayerPlan, WeightSpec } from "./nn/layer.ts";
export { type LayerNormalizationLayer, layerNormalization } from "./nn/layer-normalization.ts";
export {
  binaryCrossentropy,
  categoricalCrossentropy,
  hinge,
  huber,
  LOSSES,
  type Loss,
  type LossName,
  meanAbsoluteError,
  meanSquaredError,
} from "./nn/losses.ts";
export {
  accuracy,
  type ClassReport,
  classesOf,
  classReports,
  confusionMatrix,
  METRICS,
  type Metric,
  type MetricName,
} from "./nn/metrics.ts";
export { Model, type SequentialOptions, sequential } from "./nn/model.ts";
export {
  forward,
  type Network,
  type PlacedWeight,
  type PlannedLayer,
  planNetwork,
  weightLeaf,
} from "./nn/network.ts";
export {
  type AdagradOptions,
  type AdamOptions,
  type AdamWOptions,
  adagrad,
  adam,
  adamW,
  type LearningRate,
  OPTIMIZERS,
  type Optimizer,
  type OptimizerContext,
  type OptimizerName,
  type ParameterUpdate,
  type RmspropOptions,
  rmsprop,
  type SgdOptions,
  sgd,
} from "./nn/optimizers/index.ts";
export { l1, l1l2, l2, type Regularizer } from "./nn/regularizers.ts";
export { type RescalingLayer, rescaling } from "./nn/rescaling.ts";
export {
  constantRate,
  cosineDecay,
  exponentialDecay,
  type Schedule,
  stepDecay,
  warmup,
} from "./nn/schedules.ts";
export { ModelState, type Snapshot } from "./nn/state.ts";
export { type RandomSnapshot, RandomState } from "./random/index.ts";
export { FormatError, ShapeError, UsageError } from "./tensor/errors.ts";
export {
  type DType,
  type FloatArray,
  type MatrixLike,
  matrix,
  type Shape,
  type Tensor,
  tensor,
} from "./tensor/tensor.ts";
export {
  type Callback,
  type Checkpoint,
  type EarlyStoppingOptions,
  earlyStopping,
  type MonitorOptions,
  modelCheckpoint,
  type Progress,
  printProgress,
  type RunControl,
} from "./train/callbacks.ts";
export type { Examples, Targets } from "./train/data.ts";
export type { EpochLog, History } from "./train/history.ts";
export type { FullBatch } from "./train/minimize.ts";
export {
  conjugateGradient,
  type LbfgsMinimizerOptions,
  lbfgs,
  type Minimizer,
  type MinimizerOptions,
} from "./train/minimizer.ts";
export { NotFiniteError } from "./train/not-finite.ts";
export { objective } from "./train/objective.ts";
export type { EvaluateOptions, FitOptions, PredictOptions, TrainerOptions } from "./train/options.ts";
export { type StepSpec, trainingStep } from "./train/step.ts";
export { Trainer, type TrainerSnapshot } from "./train/trainer.ts";
