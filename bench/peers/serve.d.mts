import type { Job } from "../types.ts";

export interface MeasuredSystem {
  readonly versions: string;
  /** Those it uses, if fewer than allowed. */
  readonly threads?: number;
  /** What else a reader should know of the row. */
  readonly remark?: string;
  reset(): void | Promise<void>;
  /** The number compared between systems: the loss recorded at the last step. */
  run(steps: number): number | Promise<number>;
}
export type JobArrays = Record<string, Float64Array | Int32Array | Uint8Array>;
export function readJobArrays(job: Job): JobArrays;
export function serve(
  setup: (job: Job, arrays: JobArrays) => MeasuredSystem | Promise<MeasuredSystem>,
): Promise<void>;
