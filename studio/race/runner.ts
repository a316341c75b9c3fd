/** One side of a race, whichever library it is: prepared by the terms, then asked for steps. */
/** A network ready to train. */
export interface Runner {
  /** Library, version and where it computes, e.g. "TensorFlow.js 4.22.0, cpu". */
  readonly name: string;
  /** Trains so many steps; returns the loss of each, before its update. */
  run(steps: number): Promise<Float64Array>;
  /** Share of test points put in the right class, by the weights of now. */
  accuracy(): number;
  /** Kernel and bias of each layer, copied. */
  weights(): Float32Array[];
}
