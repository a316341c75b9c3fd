/** Checks of option values that several data sources share; each names the caller in its message. */
import { UsageError } from "../tensor/errors.ts";
import { checkOptions, flags, isNumber, isWhole, names } from "../tensor/options.ts";
import { show } from "../tensor/show.ts";

/** @throws {UsageError} unless `value` is an integer ≥ `least`. */
export function checkCount(where: string, name: string, value: number, least = 1): void {
  if (!isWhole(least)(value))
    throw new UsageError(
      `${where}: ${name} must be an integer ≥ ${least}, received ${show(value)}. Give such a count.`,
    );
}

/** @throws {UsageError} unless `value` is a finite number ≥ 0. */
export function checkNonNegative(where: string, name: string, value: number): void {
  if (!isNumber(value, 0))
    throw new UsageError(
      `${where}: ${name} must be a finite number ≥ 0, received ${show(value)}. Give e.g. 0.1.`,
    );
}

/** Options of point sets: `own` ones, and those that all have. @throws {UsageError} for any other. */
export function checkPointOptions(where: string, options: unknown, ...own: readonly string[]): void {
  checkOptions(where, { ...names("samples", ...own), ...flags("shuffle"), ...names("seed") }, options);
}
