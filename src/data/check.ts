/** Checks of option values that several data sources share; each names the caller in its message. */
import { UsageError } from "../tensor/errors.ts";

/** @throws {UsageError} unless `value` is an integer ≥ `least`. */
export function checkCount(where: string, name: string, value: number, least = 1): void {
  if (!Number.isInteger(value) || value < least)
    throw new UsageError(
      `${where}: ${name} must be an integer ≥ ${least}, received ${value}. Give such a count.`,
    );
}

/** @throws {UsageError} unless `value` is a finite number ≥ 0. */
export function checkNonNegative(where: string, name: string, value: number): void {
  if (!(value >= 0 && Number.isFinite(value)))
    throw new UsageError(`${where}: ${name} must be a finite number ≥ 0, received ${value}. Give e.g. 0.1.`);
}
