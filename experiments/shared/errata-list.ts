/**
 * Errata that make a published update something else than the gradient of the loss it is checked against.
 *
 * `papergrad check` names them where a published variant differs from central differences; where none is listed, a
 * difference is a failure.
 */
import type { ProgramName } from "../types.ts";

/** Ids of the errata, by program. */
export const gradientErrata: Readonly<Record<ProgramName, readonly string[]>> = {
  and: ["and-decay-of-sum", "and-loss-guard"],
  or: ["or-decay-of-sum", "or-loss-guard"],
  not: ["not-loss-guard"],
  xor: ["xor-bias-decays"],
  iris: ["iris-biases-decay"],
  mnist: ["mnist-biases-decay"],
  moons: [],
  digits: ["digits-biases-zeroed"],
  pencil: ["pencil-other-loss"],
};
