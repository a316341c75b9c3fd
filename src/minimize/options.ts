/**
 * Checks what both minimisers are given and fills in the defaults.
 */
import { UsageError } from "../tensor/errors.ts";
import type { MinimizeOptions } from "./types.ts";

export type CheckedOptions = Required<Omit<MinimizeOptions, "callback">> & Pick<MinimizeOptions, "callback">;

/** @throws UsageError naming the option, the range and the value received. */
export function checkOptions(
  where: string,
  x0: Float64Array,
  options: MinimizeOptions,
  defaultC2: number,
): CheckedOptions {
  const fail = (expected: string, received: unknown, cure: string): never => {
    throw new UsageError(`${where}: ${expected}, received ${received}. ${cure}`);
  };
  const { maxIterations = 200 * x0.length, gradientTolerance = 1e-5, c1 = 1e-4, c2 = defaultC2 } = options;
  if (x0.length === 0) fail("x0 must have at least one entry", "an empty vector", "Pass the start point.");
  const odd = x0.findIndex((v) => !Number.isFinite(v));
  if (odd >= 0)
    fail("x0 must be finite", `${x0[odd]} at index ${odd}`, "Pass a start point of plain numbers.");
  if (!Number.isInteger(maxIterations) || maxIterations < 0) {
    fail("maxIterations must be an integer ≥ 0", maxIterations, "Leave it out for 200 steps per entry of x.");
  }
  if (!(gradientTolerance >= 0)) {
    fail("gradientTolerance must be ≥ 0", gradientTolerance, "Leave it out for 1e-5.");
  }
  if (!(c1 > 0 && c1 < c2 && c2 < 1)) {
    fail("0 < c1 < c2 < 1 must hold", `c1 ${c1} and c2 ${c2}`, `Leave both out for 1e-4 and ${defaultC2}.`);
  }
  return {
    maxIterations,
    gradientTolerance,
    c1,
    c2,
    ...(options.callback && { callback: options.callback }),
  };
}
