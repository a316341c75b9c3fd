/**
 * Checks what both minimisers are given and fills in the defaults.
 */
import { UsageError } from "../tensor/errors.ts";
import { checkOptions as checkNames, isNumber, isWhole, names } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";
import type { MinimizeOptions } from "./types.ts";

export type CheckedOptions = Required<Omit<MinimizeOptions, "callback">> & Pick<MinimizeOptions, "callback">;

/** @throws UsageError naming the option, the range and the value received. */
export function checkOptions(
  where: string,
  x0: Float64Array,
  options: MinimizeOptions,
  defaultC2: number,
  ...own: readonly string[]
): CheckedOptions {
  checkNames(where, names("maxIterations", "gradientTolerance", "c1", "c2", "callback", ...own), options);
  if (!(x0 instanceof Float64Array))
    throw new UsageError(
      `${where}: expected x0 as a Float64Array, received ${show(x0)}. Wrap numbers with Float64Array.of(1, 2).`,
    );
  const fail = (expected: string, received: unknown, cure: string): never => {
    throw new UsageError(`${where}: ${expected}, received ${received}. ${cure}`);
  };
  const { maxIterations = 200 * x0.length, gradientTolerance = 1e-5, c1 = 1e-4, c2 = defaultC2 } = options;
  if (x0.length === 0) fail("x0 must have at least one entry", "an empty vector", "Pass the start point.");
  const odd = x0.findIndex((v) => !Number.isFinite(v));
  if (odd >= 0)
    fail("x0 must be finite", `${x0[odd]} at index ${odd}`, "Pass a start point of plain numbers.");
  if (!isWhole(0)(maxIterations)) {
    fail(
      "maxIterations must be an integer ≥ 0",
      show(maxIterations),
      "Leave it out for 200 steps per entry of x.",
    );
  }
  if (typeof gradientTolerance !== "number" || !(gradientTolerance >= 0)) {
    fail("gradientTolerance must be ≥ 0", show(gradientTolerance), "Leave it out for 1e-5.");
  }
  if (!isNumber(c1) || !isNumber(c2, c1, 1) || c1 <= 0 || c1 === c2) {
    fail(
      "0 < c1 < c2 < 1 must hold",
      `c1 ${show(c1)} and c2 ${show(c2)}`,
      `Leave both out for 1e-4 and ${defaultC2}.`,
    );
  }
  return {
    maxIterations,
    gradientTolerance,
    c1,
    c2,
    ...(options.callback && { callback: options.callback }),
  };
}
